<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AgencyForm</name>
    <message>
        <source>The agency</source>
        <translation>本机构</translation>
    </message>
    <message>
        <source>These names stand in scripts, letters and reports. Third parties are only ever told the neutral name.</source>
        <translation>这些名称会出现在话术、信函和报告中；对第三人只使用中性名称。</translation>
    </message>
    <message>
        <source>Agency name</source>
        <translation>机构名称</translation>
    </message>
    <message>
        <source>Neutral name told to third parties</source>
        <translation>对第三人使用的中性名称</translation>
    </message>
    <message>
        <source>Telephone for debtors&apos; questions</source>
        <translation>咨询电话（供债务人使用）</translation>
    </message>
    <message>
        <source>Address of the office</source>
        <translation>办公地址</translation>
    </message>
    <message>
        <source>Line under the agency&apos;s name on letters and reports</source>
        <translation>信函和报告中机构名称下方的文字</translation>
    </message>
    <message>
        <source>Only a manager can change this.</source>
        <translation>仅经理可以修改。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>AppearanceForm</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>界面语言</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message (Esc)</source>
        <translation>关闭提示（Esc）</translation>
    </message>
</context>
<context>
    <name>ChangePasswordForm</name>
    <message>
        <source>Change your password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>This password is yours alone; changing it changes nothing for the others.</source>
        <translation>该密码只用于您本人登录，修改后不影响其他人。</translation>
    </message>
    <message>
        <source>Present password</source>
        <translation>当前密码</translation>
    </message>
    <message>
        <source>New password, at least 10 characters</source>
        <translation>新密码（至少 10 个字符）</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再次输入新密码</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>修改密码</translation>
    </message>
</context>
<context>
    <name>DeskFrame</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Demo, invented people</source>
        <translation>演示数据，人物均为虚构</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
</context>
<context>
    <name>FirstStartForm</name>
    <message>
        <source>Welcome to Collector Desk</source>
        <translation>欢迎使用催收工作台</translation>
    </message>
    <message>
        <source>Make the store for this workstation. It is one encrypted file; only people with a password can open it.</source>
        <translation>为本机建立数据库。数据保存在一个加密文件中，只有持有密码的人员才能打开。</translation>
    </message>
    <message>
        <source>You, the first person (manager)</source>
        <translation>您是第一位使用者（经理）</translation>
    </message>
    <message>
        <source>Your name, as it stands in reports</source>
        <translation>姓名（用于报告）</translation>
    </message>
    <message>
        <source>Password, at least 10 characters</source>
        <translation>密码（至少 10 个字符）</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>再次输入密码</translation>
    </message>
    <message>
        <source>The agency, as debtors and banks see it</source>
        <translation>机构信息（对债务人和银行使用）</translation>
    </message>
    <message>
        <source>Agency name</source>
        <translation>机构名称</translation>
    </message>
    <message>
        <source>Neutral name told to third parties</source>
        <translation>对第三人使用的中性名称</translation>
    </message>
    <message>
        <source>Telephone for debtors&apos; questions</source>
        <translation>咨询电话（供债务人使用）</translation>
    </message>
    <message>
        <source>Address of the office</source>
        <translation>办公地址</translation>
    </message>
    <message>
        <source>Where the store lies</source>
        <translation>数据库位置</translation>
    </message>
    <message>
        <source>Other place…</source>
        <translation>更改位置…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Make the store</source>
        <translation>建立数据库</translation>
    </message>
    <message>
        <source>Only look around first?</source>
        <translation>想先看看？</translation>
    </message>
    <message>
        <source>The demo opens a store with invented people and some weeks of work in it. Nothing in it is real, and nothing you do there touches your own store.</source>
        <translation>演示库中的人物均为虚构，并带有数周的作业记录。其中没有真实数据，您在演示库中的操作不会影响正式数据库。</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示库</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>FirstStartScreen</name>
    <message>
        <source>Making the demo: {percent} %</source>
        <translation>正在生成演示库：{percent}%</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>At least {count} characters.</source>
        <translation>至少 {count} 个字符。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Too short yet.</source>
        <translation>长度不够。</translation>
    </message>
    <message>
        <source>Easy to guess. Several unrelated words are better.</source>
        <translation>容易被猜到，建议使用几个互不相关的词。</translation>
    </message>
    <message>
        <source>Fair.</source>
        <translation>强度一般。</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>强度良好。</translation>
    </message>
    <message>
        <source>Make the store</source>
        <translation>建立数据库</translation>
    </message>
    <message>
        <source>Making the store…</source>
        <translation>正在建立…</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>打开演示库</translation>
    </message>
    <message>
        <source>Where the store lies</source>
        <translation>数据库位置</translation>
    </message>
</context>
<context>
    <name>KeyOverlay</name>
    <message>
        <source>Keys of this view</source>
        <translation>当前界面的快捷键</translation>
    </message>
    <message>
        <source>Every key has its button too. Esc puts this away.</source>
        <translation>每个快捷键都有对应的按钮。按 Esc 关闭。</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Show the keys of this view</source>
        <translation>显示当前界面的快捷键</translation>
    </message>
    <message>
        <source>Find a debtor: name, pinyin initials, digits, case</source>
        <translation>查找债务人：姓名、拼音首字母、数字、案件号</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Sign out, somebody else signs in</source>
        <translation>退出登录，换人使用</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>切换浅色 / 深色</translation>
    </message>
    <message>
        <source>English or Chinese</source>
        <translation>切换中文 / English</translation>
    </message>
    <message>
        <source>First page of the rail (Alt+2 the second, …)</source>
        <translation>左侧第一页（Alt+2 为第二页，依次类推）</translation>
    </message>
    <message>
        <source>Leave a field or a panel; nothing typed is lost</source>
        <translation>离开输入框或面板，已输入的内容保留</translation>
    </message>
    <message>
        <source>Open the next case</source>
        <translation>打开下一件</translation>
    </message>
    <message>
        <source>Show the number and dial; again: the talk is over</source>
        <translation>显示号码并拨打；再按一次结束通话</translation>
    </message>
    <message>
        <source>No answer: save and open the next</source>
        <translation>无人接听：保存并打开下一件</translation>
    </message>
    <message>
        <source>Busy: save and open the next</source>
        <translation>占线：保存并打开下一件</translation>
    </message>
    <message>
        <source>Switched off: save and open the next</source>
        <translation>关机：保存并打开下一件</translation>
    </message>
    <message>
        <source>Voicemail: save and open the next</source>
        <translation>语音信箱：保存并打开下一件</translation>
    </message>
    <message>
        <source>Wrong number: save and open the next</source>
        <translation>号码错误：保存并打开下一件</translation>
    </message>
    <message>
        <source>Choose a way of the script (1 to 9, 0)</source>
        <translation>选择话术分支（1 至 9、0）</translation>
    </message>
    <message>
        <source>Back a step in the script</source>
        <translation>话术返回上一步</translation>
    </message>
    <message>
        <source>Save and open the next case</source>
        <translation>保存并打开下一件</translation>
    </message>
    <message>
        <source>Answers to what the debtor says</source>
        <translation>查找应答话术</translation>
    </message>
    <message>
        <source>To the note</source>
        <translation>转到备注</translation>
    </message>
    <message>
        <source>Somebody else answers</source>
        <translation>第三人接听</translation>
    </message>
    <message>
        <source>Take the last outcome back (in a field: the text)</source>
        <translation>撤回上一个结果（输入框内为撤销文字）</translation>
    </message>
    <message>
        <source>Ask for a field visit</source>
        <translation>申请外访</translation>
    </message>
    <message>
        <source>Look behind the masks (goes into the history)</source>
        <translation>查看脱敏内容（会留下记录）</translation>
    </message>
    <message>
        <source>Import a bank&apos;s file</source>
        <translation>导入委案文件</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Print or save the document</source>
        <translation>打印或保存文档</translation>
    </message>
</context>
<context>
    <name>LockForm</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Somebody else signs in</source>
        <translation>换人登录</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Caps Lock is on.</source>
        <translation>大写锁定已打开。</translation>
    </message>
</context>
<context>
    <name>MainFrame</name>
    <message>
        <source>Collector Desk</source>
        <translation>催收工作台</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>A call is open: finish it, then lock.</source>
        <translation>通话尚未结束，请先保存结果再锁定。</translation>
    </message>
    <message>
        <source>Collector Desk</source>
        <translation>催收工作台</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Work</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>外访</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>复核</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
</context>
<context>
    <name>PasswordPart</name>
    <message>
        <source>At least {count} characters.</source>
        <translation>至少 {count} 个字符。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
</context>
<context>
    <name>PeopleForm</name>
    <message>
        <source>People of this store</source>
        <translation>本库人员</translation>
    </message>
    <message>
        <source>Only a manager can change this.</source>
        <translation>仅经理可以修改。</translation>
    </message>
    <message>
        <source>Name, as it stands in reports</source>
        <translation>姓名（用于报告）</translation>
    </message>
    <message>
        <source>First password, to be changed by the person</source>
        <translation>初始密码（由本人登录后修改）</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Close this person&apos;s access…</source>
        <translation>停用此人员…</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>新增人员</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>PeopleModel</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Collector number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>open</source>
        <translation>可登录</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已停用</translation>
    </message>
</context>
<context>
    <name>PeoplePart</name>
    <message>
        <source>At least one role is needed.</source>
        <translation>请至少选择一个角色。</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>At least {count} characters.</source>
        <translation>至少 {count} 个字符。</translation>
    </message>
    <message>
        <source>Close the access of {name}? Their history stays; they can&apos;t sign in any more.</source>
        <translation>停用{name}的登录权限？其历史记录会保留，但不能再登录。</translation>
    </message>
    <message>
        <source>Close access</source>
        <translation>停用人员</translation>
    </message>
    <message>
        <source>The roles are saved.</source>
        <translation>角色已保存。</translation>
    </message>
    <message>
        <source>{name} can sign in now.</source>
        <translation>{name}现在可以登录。</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>新增人员</translation>
    </message>
</context>
<context>
    <name>RecoverForm</name>
    <message>
        <source>A forgotten password</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>With the store&apos;s recovery code you can set a new password yourself. It also makes a new code; the old one opens nothing any more.</source>
        <translation>使用数据库的恢复码可以自行设置新密码。设置后会生成新的恢复码，旧码随即失效。</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>New password, at least 10 characters</source>
        <translation>新密码（至少 10 个字符）</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再次输入新密码</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Set the password</source>
        <translation>设置密码</translation>
    </message>
</context>
<context>
    <name>RecoverScreen</name>
    <message>
        <source>At least {count} characters.</source>
        <translation>至少 {count} 个字符。</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>两次输入不一致。</translation>
    </message>
</context>
<context>
    <name>RecoveryCodeForm</name>
    <message>
        <source>Your recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>If a password is lost, only this code opens the store again. It is shown this one time and is kept nowhere. Print it or write it down, and lock it away, not beside the workstation.</source>
        <translation>忘记密码时，只有此恢复码能重新打开数据库。恢复码仅显示这一次，程序不会保存。请打印或抄写后锁好，不要放在电脑旁。</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as text…</source>
        <translation>保存为文本…</translation>
    </message>
    <message>
        <source>To be sure that it is on paper, type two of its groups:</source>
        <translation>请输入其中两组，确认已经抄下：</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>It is kept safe, go on</source>
        <translation>已妥善保存，继续</translation>
    </message>
</context>
<context>
    <name>RecoveryCodeScreen</name>
    <message>
        <source>That is not this group of the code.</source>
        <translation>与恢复码的这一组不符。</translation>
    </message>
    <message>
        <source>Collector Desk: recovery code of the store</source>
        <translation>催收工作台：数据库恢复码</translation>
    </message>
    <message>
        <source>Whoever has this code and the computer can open the store. Keep it locked away.</source>
        <translation>持有此恢复码并能使用本机的人可以打开数据库，请锁好保管。</translation>
    </message>
    <message>
        <source>Save as text</source>
        <translation>保存为文本</translation>
    </message>
    <message>
        <source>The file can&apos;t be written there. Choose another place.</source>
        <translation>无法写入该位置，请另选位置。</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>第 {number} 组</translation>
    </message>
</context>
<context>
    <name>Screen</name>
    <message>
        <source>Light theme</source>
        <translation>浅色主题</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>The agency&apos;s details are saved.</source>
        <translation>机构信息已保存。</translation>
    </message>
    <message>
        <source>Your password is changed.</source>
        <translation>密码已修改。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>机构</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
    <message>
        <source>Collector Desk</source>
        <translation>催收工作台</translation>
    </message>
    <message>
        <source>Who are you?</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Forgot the password</source>
        <translation>忘记密码</translation>
    </message>
    <message>
        <source>Other store…</source>
        <translation>其他数据库…</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>SignInScreen</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Opening the store…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>大写锁定已打开。</translation>
    </message>
</context>
<context>
    <name>box</name>
    <message>
        <source>Collector Desk</source>
        <translation>催收工作台</translation>
    </message>
    <message>
        <source>The program made a mistake. What you were typing has been kept.</source>
        <translation>程序出错，您正在输入的内容已保存。</translation>
    </message>
    <message>
        <source>You can go on working. If it happens again, close the program and open it once more; the log in the program&apos;s data folder helps whoever looks into it and holds no personal data.</source>
        <translation>可以继续工作。如果再次出现，请关闭程序后重新打开。数据文件夹中的日志可供排查问题，其中不含个人信息。</translation>
    </message>
</context>
</TS>
