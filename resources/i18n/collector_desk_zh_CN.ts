<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountCard</name>
    <message>
        <source>Case {number}</source>
        <translation>案件 {number}</translation>
    </message>
    <message>
        <source>by the bank&apos;s document of {day}</source>
        <translation>凭银行 {day} 文件</translation>
    </message>
    <message>
        <source>the bank&apos;s figure of {day}</source>
        <translation>银行 {day} 数据</translation>
    </message>
    <message>
        <source>worked out from the bank&apos;s figure of {day}</source>
        <translation>按银行 {day} 数据推算</translation>
    </message>
    <message>
        <source>principal</source>
        <translation>本金</translation>
    </message>
    <message>
        <source>interest</source>
        <translation>利息</translation>
    </message>
    <message>
        <source>penalty</source>
        <translation>违约金</translation>
    </message>
    <message>
        <source>fees {amount}</source>
        <translation>费用 {amount}</translation>
    </message>
    <message>
        <source>The bank gives no parts: {amount} was placed.</source>
        <translation>银行未提供明细，委案金额 {amount}。</translation>
    </message>
    <message>
        <source>Made up of {parts}.</source>
        <translation>由{parts}构成。</translation>
    </message>
    <message>
        <source>They add up to {total}; the bank&apos;s own figure, {placed}, counts.</source>
        <translation>合计 {total}，以银行所列 {placed} 为准。</translation>
    </message>
    <message>
        <source>Placed {placed}, less {change} since.</source>
        <translation>委案金额 {placed}，其后减少 {change}。</translation>
    </message>
    <message>
        <source>Placed {placed}, {change} more since.</source>
        <translation>委案金额 {placed}，其后增加 {change}。</translation>
    </message>
    <message>
        <source>{days} today</source>
        <translation>今日 {days} 天</translation>
    </message>
    <message>
        <source>{days} today: the bank said {then} on {day}, counted on</source>
        <translation>今日 {days} 天（银行 {day} 为 {then} 天，顺延推算）</translation>
    </message>
    <message>
        <source>Days past due</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>Due date</source>
        <translation>到期还款日</translation>
    </message>
    <message>
        <source>Minimum payment</source>
        <translation>最低还款额</translation>
    </message>
    <message>
        <source>Credit limit</source>
        <translation>信用额度</translation>
    </message>
    <message>
        <source>Last payment</source>
        <translation>最近还款</translation>
    </message>
    <message>
        <source>Overdue before</source>
        <translation>历史逾期次数</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户号</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>Ways to pay</source>
        <translation>还款方式</translation>
    </message>
    <message>
        <source>Complaints</source>
        <translation>投诉电话</translation>
    </message>
    <message>
        <source>Bank&apos;s own number</source>
        <translation>银行官方客服</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>产品</translation>
    </message>
    <message>
        <source>Mandate ends</source>
        <translation>委托到期日</translation>
    </message>
    <message>
        <source>Contract terms</source>
        <translation>合同约定</translation>
    </message>
    <message>
        <source>Interest a day</source>
        <translation>日利率</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What was posted on the figure&apos;s own day is perhaps not in it yet.</source>
        <translation>数据日期当天入账的还款可能尚未计入该余额。</translation>
    </message>
    <message>
        <source>to settle: {why}</source>
        <translation>待处理：{why}</translation>
    </message>
    <message>
        <source>in the bank&apos;s figure already</source>
        <translation>已含在银行余额内</translation>
    </message>
    <message>
        <source>{into} of it counts, {beyond} is more than owed</source>
        <translation>其中 {into} 已计入，{beyond} 超过欠款</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>{day}, by the bank&apos;s word on this case</source>
        <translation>{day}（银行同意本案留案）</translation>
    </message>
    <message>
        <source>Stopped by the bank</source>
        <translation>银行停催</translation>
    </message>
    <message>
        <source>The bank&apos;s figure {figure}, less {change} since.</source>
        <translation>银行数据 {figure}，此后减少 {change}。</translation>
    </message>
    <message>
        <source>placed with {amount}</source>
        <translation>委案金额 {amount}</translation>
    </message>
    <message>
        <source>the bank&apos;s figure {amount}</source>
        <translation>银行数据 {amount}</translation>
    </message>
    <message>
        <source>{file}, {sheet}, line {line}</source>
        <translation>{file}，{sheet}，第 {line} 行</translation>
    </message>
    <message>
        <source>{amount}, of {day}</source>
        <translation>{amount}（{day}）</translation>
    </message>
    <message>
        <source>as {number}, placement {placement}: {state}</source>
        <translation>案件 {number}，委案 {placement}：{state}</translation>
    </message>
    <message>
        <source>With us before</source>
        <translation>曾委托</translation>
    </message>
    <message>
        <source>Overdue part</source>
        <translation>逾期部分</translation>
    </message>
</context>
<context>
    <name>AddingLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Adding {number} of {all}</source>
        <translation>正在添加第 {number} 个，共 {all} 个</translation>
    </message>
    <message>
        <source>What was copied</source>
        <translation>复制的内容</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>另有 {count} 个。</translation>
    </message>
    <message>
        <source>{count} of {all} files were not taken in</source>
        <translation>{all} 个文件中有 {count} 个未收入</translation>
    </message>
</context>
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
        <translation>仅催收部经理可以修改。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>AgencyPart</name>
    <message>
        <source>The agency&apos;s details are saved.</source>
        <translation>机构信息已保存。</translation>
    </message>
</context>
<context>
    <name>AlarmStrip</name>
    <message>
        <source>{count} more</source>
        <translation>另有 {count} 件</translation>
    </message>
    <message>
        <source>Open ({key})</source>
        <translation>打开（{key}）</translation>
    </message>
    <message>
        <source>No lead has opened it yet. Ring whoever filed it.</source>
        <translation>尚无主管打开此事项，请立即联系上报人。</translation>
    </message>
</context>
<context>
    <name>AnswersPanel</name>
    <message>
        <source>No card fits these words.</source>
        <translation>没有合适的提示。</translation>
    </message>
    <message>
        <source>First: {words}</source>
        <translation>先做：{words}</translation>
    </message>
    <message>
        <source>→ Then ask: {words}</source>
        <translation>→ 接着问：{words}</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>应答提示</translation>
    </message>
    <message>
        <source>What the debtor says</source>
        <translation>输入对方说的话</translation>
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
    <name>AppearancePart</name>
    <message>
        <source>Tell me five minutes before a call back or a promise comes due</source>
        <translation>约定回电或承诺到点前五分钟提醒我</translation>
    </message>
</context>
<context>
    <name>AsideView</name>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Why it stayed out</source>
        <translation>搁置原因</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>taken in</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>待更正</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>As it stands</source>
        <translation>当前内容</translation>
    </message>
    <message>
        <source>The bank sent</source>
        <translation>银行原文</translation>
    </message>
    <message>
        <source>can be taken in</source>
        <translation>可以接收</translation>
    </message>
    <message>
        <source>stays out</source>
        <translation>仍需搁置</translation>
    </message>
    <message>
        <source>Line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>No row</source>
        <translation>未选择行</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Taken in: {amount}</source>
        <translation>已接收：{amount}</translation>
    </message>
    <message>
        <source>Set aside: {file}</source>
        <translation>搁置行：{file}</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
    <message>
        <source>In clear  {key}</source>
        <translation>查看全文  {key}</translation>
    </message>
    <message>
        <source>Take in  {key}</source>
        <translation>接收  {key}</translation>
    </message>
    <message>
        <source>Why, and on whose word</source>
        <translation>更正原因及依据</translation>
    </message>
    <message>
        <source>Correct (Enter)</source>
        <translation>更正（Enter）</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>放弃（Esc）</translation>
    </message>
</context>
<context>
    <name>BanksPart</name>
    <message>
        <source>{bank}: nothing after {day} is known.</source>
        <translation>{bank}：{day} 之后视为未知。</translation>
    </message>
    <message>
        <source>{bank}: nothing more was paid up to {day}.</source>
        <translation>{bank}：至 {day} 再无还款。</translation>
    </message>
    <message>
        <source>Write the day as 2026-12-31.</source>
        <translation>日期请写成 2026-12-31。</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Told up to</source>
        <translation>数据已知至</translation>
    </message>
    <message>
        <source>Silent, bank days</source>
        <translation>无数据（银行工作日）</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失日期</translation>
    </message>
    <message>
        <source>Clashes</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Said paid, not found</source>
        <translation>自称已还未见</translation>
    </message>
    <message>
        <source>To ask</source>
        <translation>待问</translation>
    </message>
    <message>
        <source>no day yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>{bank} has told of no day since {day}.</source>
        <translation>{bank} 自 {day} 起尚无数据。</translation>
    </message>
    <message>
        <source>{bank} has told of its days up to {day}.</source>
        <translation>{bank} 的数据已知至 {day}。</translation>
    </message>
    <message>
        <source>Silent for {count} bank days: what was promised and said to be paid waits.</source>
        <translation>已有 {count} 个银行工作日无数据，相关承诺与“自称已还”均在等待。</translation>
    </message>
    <message>
        <source>Known only up to</source>
        <translation>仅已知至</translation>
    </message>
    <message>
        <source>Nothing more was paid up to</source>
        <translation>无其他还款，截至</translation>
    </message>
    <message>
        <source>Enter says it.</source>
        <translation>回车登记。</translation>
    </message>
    <message>
        <source>How far each bank has told what was paid</source>
        <translation>各银行还款数据已知至哪天</translation>
    </message>
    <message>
        <source>Nothing was paid…</source>
        <translation>登记无还款…</translation>
    </message>
    <message>
        <source>Less is known…</source>
        <translation>下调已知范围…</translation>
    </message>
    <message>
        <source>Why (a lead)</source>
        <translation>原因（主管）</translation>
    </message>
    <message>
        <source>No bank&apos;s cases are worked</source>
        <translation>没有在办的委案</translation>
    </message>
    <message>
        <source>As soon as a placement is in, it stands here how far its bank has told what was paid.</source>
        <translation>导入委案后，这里显示各银行的还款数据已知至哪天。</translation>
    </message>
    <message>
        <source>{bank}: no payment up to {day} counts once another lead says the same.</source>
        <translation>{bank}：至 {day} 无还款，须另一名主管登记相同日期后生效。</translation>
    </message>
    <message>
        <source>{name} says nothing was paid up to {day}: it counts once another lead says so too.</source>
        <translation>{name} 登记至 {day} 无还款，须另一名主管登记相同日期后生效。</translation>
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
    <name>BeforeTheDial</name>
    <message>
        <source>Promised: {amount} by {when} · {channel}</source>
        <translation>已承诺：{when} 前还 {amount} · {channel}</translation>
    </message>
    <message>
        <source>Last time · {head} · {what} · {key} reads on</source>
        <translation>上次 · {head} · {what} · {key} 看全部</translation>
    </message>
</context>
<context>
    <name>Bench</name>
    <message>
        <source>Faults: {count}</source>
        <translation>错误：{count} 处</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>No faults</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>No faults: every path proved</source>
        <translation>没有错误，所有路径均已验证</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Faults</source>
        <translation>错误</translation>
    </message>
</context>
<context>
    <name>BesidePanel</name>
    <message>
        <source>{name} wrote at the same time: {label}</source>
        <translation>{name}同时填写了：{label}</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两份都保留</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>用对方的</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
</context>
<context>
    <name>BookModel</name>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>账龄</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>当前欠款</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>跟进人</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>待领取</translation>
    </message>
</context>
<context>
    <name>BugDialog</name>
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
<context>
    <name>BundleDialog</name>
    <message>
        <source>Reports for the bank</source>
        <translation>提交银行的外访报告</translation>
    </message>
    <message>
        <source>Write the zip…</source>
        <translation>生成压缩包…</translation>
    </message>
    <message>
        <source>The accepted reports of the placement, with a list and the hash of each.</source>
        <translation>该批次全部已通过的外访报告，附清单和每份文件的哈希值。</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stopped; nothing was written.</source>
        <translation>已停止，未生成任何文件。</translation>
    </message>
    <message>
        <source>{done} of {total} reports</source>
        <translation>第 {done} 份，共 {total} 份报告</translation>
    </message>
    <message>
        <source>{count} reports written.</source>
        <translation>已写入 {count} 份报告。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>BusyStep</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stopping; what was begun is taken away again.</source>
        <translation>正在停止，已写入的部分会一并撤回。</translation>
    </message>
</context>
<context>
    <name>CallWatch</name>
    <message>
        <source>Close the call politely; call again within the hours.</source>
        <translation>请礼貌结束通话，另约允许时段内再联系。</translation>
    </message>
    <message>
        <source>The program was away: the time of this talk is only sure up to {at}.</source>
        <translation>程序曾中断，通话时长只能确认到 {at}。</translation>
    </message>
    <message>
        <source>Still talking? Just go on.</source>
        <translation>仍在通话的，直接继续即可。</translation>
    </message>
    <message>
        <source>It was over by then (Enter)</source>
        <translation>当时已结束（回车）</translation>
    </message>
    <message>
        <source>Set during this call: {flags}</source>
        <translation>通话中新增标记：{flags}</translation>
    </message>
    <message>
        <source>Ask for nothing more: close politely, then choose the outcome.</source>
        <translation>不再催收：请礼貌结束通话，然后登记结果。</translation>
    </message>
    <message>
        <source>Paid, as the bank tells: {amount}</source>
        <translation>银行数据显示已还款：{amount}</translation>
    </message>
    <message>
        <source>Thank them; what is still owed stands at the debtor.</source>
        <translation>请致谢；剩余欠款见债务人一栏。</translation>
    </message>
</context>
<context>
    <name>CaseDetail</name>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Customer no.</source>
        <translation>客户号</translation>
    </message>
    <message>
        <source>Held by</source>
        <translation>跟进人</translation>
    </message>
    <message>
        <source>nobody, in the pool</source>
        <translation>无人，待领取</translation>
    </message>
    <message>
        <source>Employer</source>
        <translation>工作单位</translation>
    </message>
    <message>
        <source>Tries so far</source>
        <translation>已联系次数</translation>
    </message>
    <message>
        <source>The bank gave no number.</source>
        <translation>银行未提供电话号码。</translation>
    </message>
    <message>
        <source>The bank gave no address.</source>
        <translation>银行未提供地址。</translation>
    </message>
    <message>
        <source>Back to the list  {key}</source>
        <translation>返回列表  {key}</translation>
    </message>
    <message>
        <source>Show in full  {key}</source>
        <translation>显示完整信息  {key}</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>还款承诺</translation>
    </message>
    <message>
        <source>Nothing was promised yet.</source>
        <translation>尚无还款承诺。</translation>
    </message>
    <message>
        <source>Close or reopen  {key}</source>
        <translation>结案／恢复  {key}</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
</context>
<context>
    <name>CaseHistoryCard</name>
    <message>
        <source>(taken back) {what}</source>
        <translation>（已撤回）{what}</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>By</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>History</source>
        <translation>联系记录</translation>
    </message>
    <message>
        <source>Nothing happened yet. Calls, promises, payments and visits will stand here.</source>
        <translation>暂无记录。通话、承诺、还款和外访都会记在这里。</translation>
    </message>
</context>
<context>
    <name>CaseTurns</name>
    <message>
        <source>No other case can be worked now.</source>
        <translation>目前没有其他可作业的案件。</translation>
    </message>
    <message>
        <source>Choose how it ended (R, or N B O V W while nobody was reached), then Ctrl+Enter.</source>
        <translation>请选择通话结果（R；没接通可直接按 N B O V W），再按 Ctrl+Enter。</translation>
    </message>
    <message>
        <source>Choose how it ended (R), then Ctrl+Enter.</source>
        <translation>请选择通话结果（R），再按 Ctrl+Enter。</translation>
    </message>
    <message>
        <source>This call has no outcome yet.</source>
        <translation>这通电话还没有登记结果。</translation>
    </message>
</context>
<context>
    <name>CasesPage</name>
    <message>
        <source>The terms are saved.</source>
        <translation>委案信息已保存。</translation>
    </message>
    <message>
        <source>Save the original file</source>
        <translation>保存原始文件</translation>
    </message>
    <message>
        <source>Saved, byte for byte as it was received.</source>
        <translation>已保存，与收到时逐字节一致。</translation>
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
    <name>ChooseCounts</name>
    <message>
        <source>Import the institution&apos;s counts</source>
        <translation>导入机构催收次数</translation>
    </message>
    <message>
        <source>A table of the day: who (identity number, account or case), effective talks, connected calls, and as of when. It is read and shown first; nothing counts before you have seen it.</source>
        <translation>当日的次数表：谁（证件号、账户号或案件编号）、有效通话、接通次数、截至时间。先读取并展示，看过之前不会生效。</translation>
    </message>
    <message>
        <source>Or where the file lies</source>
        <translation>或填写文件位置</translation>
    </message>
</context>
<context>
    <name>ChooseStep</name>
    <message>
        <source>Choose a file, drop one, or type where it lies.</source>
        <translation>请选择或拖入文件，或输入文件位置。</translation>
    </message>
    <message>
        <source>Files of the bank</source>
        <translation>银行文件</translation>
    </message>
    <message>
        <source>Placement files ({kinds})</source>
        <translation>委案文件 ({kinds})</translation>
    </message>
    <message>
        <source>Import a placement</source>
        <translation>导入委案</translation>
    </message>
    <message>
        <source>The file is read and shown first. Nothing is taken over before you have seen what is in it.</source>
        <translation>先读取并展示文件内容，确认之前不会导入任何数据。</translation>
    </message>
    <message>
        <source>Drop the bank&apos;s files here</source>
        <translation>将银行文件拖到这里</translation>
    </message>
    <message>
        <source>xlsx, xls, ods, csv, or a zip of them; protected workbooks as well</source>
        <translation>支持 xlsx、xls、ods、csv 及其 zip 压缩包，也可导入有密码的工作簿</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Or where the file lies (several: divide with ;)</source>
        <translation>或输入文件位置（多个文件用 ; 分隔）</translation>
    </message>
    <message>
        <source>Password of the workbook, from the bank</source>
        <translation>工作簿密码（由银行提供）</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>ClosingCard</name>
    <message>
        <source>Case {number}: {ending}</source>
        <translation>案件 {number}：{ending}</translation>
    </message>
    <message>
        <source>Go on (Enter)</source>
        <translation>下一步（回车）</translation>
    </message>
    <message>
        <source>Yes: {ending} (Enter)</source>
        <translation>确认{ending}（回车）</translation>
    </message>
    <message>
        <source>It can be collected again. The promise and the visit stay as they are now.</source>
        <translation>恢复后可继续催收；原承诺和外访不恢复。</translation>
    </message>
    <message>
        <source>{number}: {amount} becomes {nothing}; its promise is void.</source>
        <translation>{number}：欠款 {amount} 变为 {nothing}，该账户的还款承诺作废。</translation>
    </message>
    <message>
        <source>{number} goes back to the bank; its promise is void.</source>
        <translation>{number} 退回银行，该账户的还款承诺作废。</translation>
    </message>
    <message>
        <source>The debtor owes something else, which is still collected.</source>
        <translation>客户另有欠款，仍可催收。</translation>
    </message>
    <message>
        <source>Nobody is called any more and no visit is made; calls of theirs may be answered.</source>
        <translation>此后不再外呼和外访，客户来电仍可接听。</translation>
    </message>
    <message>
        <source>Close the case, or open it again</source>
        <translation>结案或恢复办理</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>What the bank says</source>
        <translation>银行意见</translation>
    </message>
    <message>
        <source>The bank&apos;s document: name or number</source>
        <translation>银行文件名称或编号</translation>
    </message>
    <message>
        <source>Its day</source>
        <translation>文件日期</translation>
    </message>
    <message>
        <source>Why it was closed by mistake</source>
        <translation>误结案原因</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>离开 (Esc)</translation>
    </message>
    <message>
        <source>{number} stays with us until {day}.</source>
        <translation>{number} 留案至 {day}。</translation>
    </message>
    <message>
        <source>Nobody collects on {number} until the bank lifts it.</source>
        <translation>银行恢复前，{number} 不得催收。</translation>
    </message>
    <message>
        <source>{number} may be worked again.</source>
        <translation>{number} 可恢复催收。</translation>
    </message>
    <message>
        <source>Until (last day)</source>
        <translation>留案至（最后一日）</translation>
    </message>
</context>
<context>
    <name>ComingDue</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Choose a draft or a version to compare it with the one in use.</source>
        <translation>选择一份草稿或一个版本，与使用中的版本比较。</translation>
    </message>
    <message>
        <source>No difference from {version}.</source>
        <translation>与 {version} 没有差别。</translation>
    </message>
    <message>
        <source>Against {version}: {new} lines new, {gone} gone, {files} files.</source>
        <translation>对比 {version}：新增 {new} 行，删去 {gone} 行，涉及 {files} 个文件。</translation>
    </message>
    <message>
        <source>Compared with the version in use</source>
        <translation>与在用版本的对比</translation>
    </message>
</context>
<context>
    <name>CountsPreview</name>
    <message>
        <source>Write a time, as 14:00 or 11-23 14:00.</source>
        <translation>请填写时间，如 14:00 或 11-23 14:00。</translation>
    </message>
    <message>
        <source>Don&apos;t take it over</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>使其生效</translation>
    </message>
    <message>
        <source>The file names no time. As of:</source>
        <translation>文件未写明时间，截至：</translation>
    </message>
    <message>
        <source>14:00, or 11-23 14:00; Enter</source>
        <translation>14:00 或 11-23 14:00，按 Enter</translation>
    </message>
    <message>
        <source>The bank says that our own calls up to then are inside its figures</source>
        <translation>银行说明：截至该时间我方通话已计入其次数</translation>
    </message>
    <message>
        <source>Without its word all our calls count on top: the strictest reading.</source>
        <translation>若无说明，我方通话全部另外累加（从严掌握）。</translation>
    </message>
    <message>
        <source>Nothing in this file is new.</source>
        <translation>该文件没有新内容。</translation>
    </message>
    <message>
        <source>Nothing is in force yet.</source>
        <translation>尚未生效。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>{count} of another day: kept only</source>
        <translation>{count} 项为其他日期，仅留存</translation>
    </message>
    <message>
        <source>To put in force</source>
        <translation>待生效</translation>
    </message>
    <message>
        <source>{count} debtors</source>
        <translation>{count} 位债务人</translation>
    </message>
    <message>
        <source>beats the workstation&apos;s share</source>
        <translation>优先于本机份额</translation>
    </message>
    <message>
        <source>to be given below</source>
        <translation>请在下方填写</translation>
    </message>
    <message>
        <source>the newest figure in it</source>
        <translation>其中最新的时间</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>{count} of nobody on file here</source>
        <translation>其中 {count} 行不在库中</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>Every row of the file could be read and matched.</source>
        <translation>文件每一行都已读取并对应。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>证件号</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户号</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Talks</source>
        <translation>有效通话</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接通</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>未导入</translation>
    </message>
</context>
<context>
    <name>CountsResult</name>
    <message>
        <source>Another file</source>
        <translation>再导入一个</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Figures of {count} debtors are in force</source>
        <translation>{count} 位债务人的次数已生效</translation>
    </message>
    <message>
        <source>Nothing was new</source>
        <translation>没有新内容</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>On file already</source>
        <translation>已在库</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Hidden columns</source>
        <translation>隐藏列</translation>
    </message>
</context>
<context>
    <name>CountsView</name>
    <message>
        <source>One file at a time: the newest counts.</source>
        <translation>一次一个文件：以最新的为准。</translation>
    </message>
    <message>
        <source>Stopped; nothing is in force.</source>
        <translation>已停止，未生效。</translation>
    </message>
    <message>
        <source>Taking {file} over</source>
        <translation>正在导入 {file}</translation>
    </message>
    <message>
        <source>None of the figures counts before all are in. You can go on working elsewhere meanwhile.</source>
        <translation>全部导入之前都不会生效，期间可在别处继续工作。</translation>
    </message>
</context>
<context>
    <name>DebtorCard</name>
    <message>
        <source>Owed now ({day})</source>
        <translation>当前欠款（{day}）</translation>
    </message>
    <message>
        <source>Due this time ({day})</source>
        <translation>本期应还（{day}）</translation>
    </message>
    <message>
        <source>In all, not due yet ({day})</source>
        <translation>全部欠款，尚未到期（{day}）</translation>
    </message>
    <message>
        <source>Dial  {key}</source>
        <translation>拨打  {key}</translation>
    </message>
    <message>
        <source>On the line {clock}</source>
        <translation>通话 {clock}</translation>
    </message>
    <message>
        <source>Talk ended {clock}</source>
        <translation>已结束 {clock}</translation>
    </message>
    <message>
        <source>End talk  {key}</source>
        <translation>结束通话  {key}</translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>到期 {day}</translation>
    </message>
    <message>
        <source>{amount} in all</source>
        <translation>全部 {amount}</translation>
    </message>
    <message>
        <source>{count} accounts, {amount} in all</source>
        <translation>{count} 个账户 · 合计 {amount}</translation>
    </message>
    <message>
        <source>last paid {day} {amount}</source>
        <translation>最近还款 {day} {amount}</translation>
    </message>
    <message>
        <source>{made} promised, {kept} kept</source>
        <translation>承诺 {made} 次，兑现 {kept} 次</translation>
    </message>
    <message>
        <source>Guarantor  {key}</source>
        <translation>担保人  {key}</translation>
    </message>
    <message>
        <source>On the line</source>
        <translation>正在通话</translation>
    </message>
    <message>
        <source>Talk ended</source>
        <translation>通话已结束</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>住宅</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>联系人</translation>
    </message>
    <message>
        <source>Guarantor</source>
        <translation>担保人</translation>
    </message>
    <message>
        <source>May be called</source>
        <translation>可拨</translation>
    </message>
    <message>
        <source>Only once the debtor is out of reach</source>
        <translation>客户失联后方可联系</translation>
    </message>
    <message>
        <source>nothing to collect</source>
        <translation>已了结，不得催收</translation>
    </message>
    <message>
        <source>mandate ends in {days} days</source>
        <translation>委托 {days} 天后到期</translation>
    </message>
    <message>
        <source>mandate ends today</source>
        <translation>委托今天到期</translation>
    </message>
    <message>
        <source>Consents, overrides  {key}</source>
        <translation>放行与同意  {key}</translation>
    </message>
</context>
<context>
    <name>DebtorCountsCard</name>
    <message>
        <source>Write a time, as 14:00.</source>
        <translation>请填写时间，如 14:00。</translation>
    </message>
    <message>
        <source>The figures are in force.</source>
        <translation>次数已生效。</translation>
    </message>
    <message>
        <source>Calls of today, all agencies</source>
        <translation>今日通话（全机构）</translation>
    </message>
    <message>
        <source>Enter the bank&apos;s figures  {key}</source>
        <translation>填写银行次数  {key}</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>使其生效</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>离开 (Esc)</translation>
    </message>
    <message>
        <source>Ours up to then are inside</source>
        <translation>截至该时间我方通话已计入</translation>
    </message>
    <message>
        <source>Without the bank&apos;s word all our calls count on top: the strictest reading.</source>
        <translation>若银行未说明，我方通话全部另外累加（从严掌握）。</translation>
    </message>
    <message>
        <source>Talks</source>
        <translation>有效通话</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接通</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>institution total unknown</source>
        <translation>机构合计未知</translation>
    </message>
    <message>
        <source>Written down. They leave more calls than before: another lead has to agree first.</source>
        <translation>已登记。该数据使可拨次数增加，须由另一位主管同意后生效。</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Leave it</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>DeskFrame</name>
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
    <name>EmergencyPart</name>
    <message>
        <source>The emergency contacts are saved.</source>
        <translation>紧急联系人已保存。</translation>
    </message>
    <message>
        <source>Whom to ring in an emergency</source>
        <translation>紧急联系人</translation>
    </message>
    <message>
        <source>Shown to everybody where somebody spoke of ending their life, or an incident was filed, and no lead sits at a window.</source>
        <translation>客户流露轻生念头或发生突发事件、而没有主管在座时，向所有人显示。</translation>
    </message>
    <message>
        <source>Leads: one a line, name and telephone</source>
        <translation>主管：每行一位，姓名和电话</translation>
    </message>
    <message>
        <source>Help lines</source>
        <translation>求助电话</translation>
    </message>
    <message>
        <source>Empty: {lines}</source>
        <translation>留空则为：{lines}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>A lead or a manager sets this.</source>
        <translation>由主管或经理设置。</translation>
    </message>
</context>
<context>
    <name>EvidenceCard</name>
    <message>
        <source>Evidence</source>
        <translation>证据材料</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>The door, papers handed over. No strangers, number plates or the inside of a home. Photos up to {photo} MB, scans {document} MB, recordings {audio} MB, videos {video} MB.</source>
        <translation>可拍门口、送达的文书；不拍无关人员、车牌和室内。照片不超过 {photo} MB，扫描件 {document} MB，录音 {audio} MB，录像 {video} MB。</translation>
    </message>
    <message>
        <source>Nothing to take in was copied: no file and no picture.</source>
        <translation>剪贴板中没有可添加的文件或图片。</translation>
    </message>
    <message>
        <source>Left out of the report; the store keeps it.</source>
        <translation>已从报告中去掉，原件仍保存在数据库中。</translation>
    </message>
    <message>
        <source>Photos, recordings, scans</source>
        <translation>照片、录音、扫描件</translation>
    </message>
    <message>
        <source>The evidence is kept.</source>
        <translation>证据材料已保存。</translation>
    </message>
</context>
<context>
    <name>EvidenceViewer</name>
    <message>
        <source>Evidence</source>
        <translation>证据材料</translation>
    </message>
    <message>
        <source>{number} of {all}</source>
        <translation>第 {number} 份，共 {all} 份</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>Nothing to show</source>
        <translation>无法显示</translation>
    </message>
    <message>
        <source>Shown without its boxes; the history says so.</source>
        <translation>已去掉遮盖显示，查看已记入日志。</translation>
    </message>
    <message>
        <source>The copies are masked; the original is kept.</source>
        <translation>各份副本均已遮盖，原件保留。</translation>
    </message>
    <message>
        <source>Saved as it came, without boxes. The history says who saved it.</source>
        <translation>已按原样另存（无遮盖），已记入日志。</translation>
    </message>
    <message>
        <source>Save a copy of the original</source>
        <translation>另存原件</translation>
    </message>
</context>
<context>
    <name>FiguresPart</name>
    <message>
        <source>Every talk is a connected call: at least as many as talks.</source>
        <translation>每次有效通话都算一次接通，接通次数不能少于有效通话次数。</translation>
    </message>
    <message>
        <source>The share is saved.</source>
        <translation>份额已保存。</translation>
    </message>
    <message>
        <source>Write an amount, as 20,000.00, or leave it empty.</source>
        <translation>请填写金额（如 20,000.00），或留空。</translation>
    </message>
    <message>
        <source>This isn&apos;t an amount. Did you mean {figure}?</source>
        <translation>金额无法识别，是否应为 {figure}？</translation>
    </message>
    <message>
        <source>Between 1 and {most} minutes.</source>
        <translation>请填写 1 到 {most} 分钟。</translation>
    </message>
    <message>
        <source>The figures are saved.</source>
        <translation>设置已保存。</translation>
    </message>
    <message>
        <source>The queue is being sorted by the new figure; you can go on working.</source>
        <translation>正在按新的金额重新排序队列，您可以继续工作。</translation>
    </message>
    <message>
        <source>This workstation&apos;s share of the day&apos;s caps</source>
        <translation>本机每日联系次数份额</translation>
    </message>
    <message>
        <source>The law caps calls for the bank and all its agencies together: each may use only its share.</source>
        <translation>规定的次数上限由银行及其所有委外机构合并计算，每家只能使用自己的份额。</translation>
    </message>
    <message>
        <source>Talks with one debtor a day</source>
        <translation>对同一债务人每日有效通话</translation>
    </message>
    <message>
        <source>Empty: nothing agreed.</source>
        <translation>留空表示尚未约定。</translation>
    </message>
    <message>
        <source>Connected calls to one debtor a day</source>
        <translation>对同一债务人每日接通次数</translation>
    </message>
    <message>
        <source>Save the share</source>
        <translation>保存份额</translation>
    </message>
    <message>
        <source>Queue and window</source>
        <translation>队列与窗口</translation>
    </message>
    <message>
        <source>A large amount begins at</source>
        <translation>大额起点金额（元）</translation>
    </message>
    <message>
        <source>Empty: the largest tenth of the book.</source>
        <translation>留空则取金额最高的十分之一。</translation>
    </message>
    <message>
        <source>Minutes until the window locks</source>
        <translation>无操作自动锁定（分钟）</translation>
    </message>
    <message>
        <source>Never during an open call. In force from the next sign-in.</source>
        <translation>通话未结束时不会锁定，下次登录起生效。</translation>
    </message>
    <message>
        <source>Surnames in the queue</source>
        <translation>队列中显示姓氏</translation>
    </message>
    <message>
        <source>What records every call by itself, as its logs name it (empty: each log names its recording)</source>
        <translation>自动录音系统的名称，用于每通电话的录音编号（留空则由坐席逐条填写）</translation>
    </message>
    <message>
        <source>Dial by the system&apos;s telephone program (tel:) instead of copying</source>
        <translation>用系统电话程序（tel:）拨号，而不是复制号码</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>A team lead sets this.</source>
        <translation>由催收主管设置。</translation>
    </message>
</context>
<context>
    <name>FilePreview</name>
    <message>
        <source>left as they are</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>On file already</source>
        <translation>已在库</translation>
    </message>
    <message>
        <source>What</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Heading in the file</source>
        <translation>文件中的表头</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>识别为</translation>
    </message>
    <message>
        <source>{name}  {count:,}, {hidden} hidden</source>
        <translation>{name}  {count:,}，隐藏 {hidden}</translation>
    </message>
</context>
<context>
    <name>FileWay</name>
    <message>
        <source>Reading {file}</source>
        <translation>正在读取 {file}</translation>
    </message>
    <message>
        <source>Every row is read and checked.</source>
        <translation>逐行读取并核对。</translation>
    </message>
    <message>
        <source>{file} findings.xlsx</source>
        <translation>{file} 核对结果.xlsx</translation>
    </message>
    <message>
        <source>Export findings</source>
        <translation>导出核对结果</translation>
    </message>
    <message>
        <source>Findings written: {file}</source>
        <translation>核对结果已导出：{file}</translation>
    </message>
</context>
<context>
    <name>FindingLines</name>
    <message>
        <source>✓ The rule checks found nothing.</source>
        <translation>✓ 合规检查未发现问题。</translation>
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
    <message>
        <source>You: the first account, as manager</source>
        <translation>您是第一位使用者（催收部经理兼主管）</translation>
    </message>
    <message>
        <source>Folder of the store</source>
        <translation>数据库位置</translation>
    </message>
    <message>
        <source>Just want to look around?</source>
        <translation>想先看看？</translation>
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
        <source>Folder of the store</source>
        <translation>数据库位置</translation>
    </message>
</context>
<context>
    <name>GatePanel</name>
    <message>
        <source>Let it pass: the house&apos;s rule, by a lead</source>
        <translation>主管放行：本机构规则</translation>
    </message>
    <message>
        <source>The clock is right as it stands</source>
        <translation>当前系统时间正确</translation>
    </message>
    <message>
        <source>Taken back: {what}, until {day}</source>
        <translation>撤回：{what}（至 {day}）</translation>
    </message>
    <message>
        <source>A guarantor: the contract was seen</source>
        <translation>登记为担保人：已核对担保合同</translation>
    </message>
    <message>
        <source>No guarantor any more</source>
        <translation>取消担保人登记</translation>
    </message>
    <message>
        <source>Agreed hours</source>
        <translation>约定联系时段</translation>
    </message>
    <message>
        <source>Asked for more calls</source>
        <translation>客户要求再次联系</translation>
    </message>
    <message>
        <source>Asked for a call back</source>
        <translation>客户要求回电</translation>
    </message>
    <message>
        <source>There is no number.</source>
        <translation>没有可用号码。</translation>
    </message>
    <message>
        <source>The number may be called now.</source>
        <translation>该号码现在可以拨打。</translation>
    </message>
    <message>
        <source>In the bank&apos;s file: {relation}</source>
        <translation>银行文件中的关系：{relation}</translation>
    </message>
    <message>
        <source>Why it may pass</source>
        <translation>放行理由</translation>
    </message>
    <message>
        <source>Why the guarantee no longer holds</source>
        <translation>担保不再有效的原因</translation>
    </message>
    <message>
        <source>How the date and time were checked</source>
        <translation>如何核对的日期和时间</translation>
    </message>
    <message>
        <source>What the debtor said, in their words</source>
        <translation>客户原话</translation>
    </message>
    <message>
        <source>Contract: number, or where it lies</source>
        <translation>担保合同编号或存放位置</translation>
    </message>
    <message>
        <source>What opens the gate</source>
        <translation>放行与同意</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Until the end of</source>
        <translation>有效至（当日结束）</translation>
    </message>
    <message>
        <source>From (their clock)</source>
        <translation>从（客户当地）</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Set for {when}  {key}</source>
        <translation>{when} 再拨  {key}</translation>
    </message>
    <message>
        <source>Full name, as in the contract</source>
        <translation>合同上的全名</translation>
    </message>
    <message>
        <source>ID number, or its last four</source>
        <translation>证件号或后四位</translation>
    </message>
    <message>
        <source>Signed on</source>
        <translation>签订日期</translation>
    </message>
    <message>
        <source>Address in the contract (for the identity check)</source>
        <translation>合同上的地址（用于核身）</translation>
    </message>
    <message>
        <source>Write down</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>离开 (Esc)</translation>
    </message>
    <message>
        <source>Taken back: {what}, until {day} (a lead has not agreed yet)</source>
        <translation>撤回：{what}，截至 {day}（主管尚未确认）</translation>
    </message>
    <message>
        <source>Proof: recording or document, by its number</source>
        <translation>凭证：录音或文件编号</translation>
    </message>
    <message>
        <source>A consent or a contract opens nothing until a lead other than you agrees (Review); taken back, it ends at once. The law is never overridden, and who lets a rule pass doesn&apos;t call on it.</source>
        <translation>客户同意或担保合同须由另一位主管在“复核”中同意后才会放行，撤回则即时失效。法律规定不得放行，放行人本人不得据此拨打。</translation>
    </message>
    <message>
        <source>The contacts may be asked: nobody can be reached</source>
        <translation>可联系预留联系人：本人失联</translation>
    </message>
    <message>
        <source>How often the debtor was tried, and why others are asked now</source>
        <translation>已拨打本人的情况，以及现在联系他人的理由</translation>
    </message>
    <message>
        <source>Ask the lead: may the contacts be asked?</source>
        <translation>请主管审批：可否联系预留联系人</translation>
    </message>
</context>
<context>
    <name>HelpColumn</name>
    <message>
        <source>Incident…</source>
        <translation>突发事件…</translation>
    </message>
</context>
<context>
    <name>HiddenLine</name>
    <message>
        <source>▲ hidden: left out</source>
        <translation>▲ 隐藏列：不读取</translation>
    </message>
    <message>
        <source>▲ hidden: another column counts</source>
        <translation>▲ 隐藏列：以其他列为准</translation>
    </message>
    <message>
        <source>▲ hidden: {meaning}</source>
        <translation>▲ 隐藏列：{meaning}</translation>
    </message>
    <message>
        <source>Nobody who opens the file sees the columns marked ▲ hidden.</source>
        <translation>标有“▲ 隐藏列”的列，打开文件的人看不到。</translation>
    </message>
    <message>
        <source>Leave column {letter} out</source>
        <translation>不读取 {letter} 列</translation>
    </message>
    <message>
        <source>Take column {letter}</source>
        <translation>读取 {letter} 列</translation>
    </message>
</context>
<context>
    <name>HistoryCard</name>
    <message>
        <source>Steps</source>
        <translation>流转记录</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>Everything  {key}</source>
        <translation>全部  {key}</translation>
    </message>
    <message>
        <source>Notes only  {key}</source>
        <translation>只看备注  {key}</translation>
    </message>
    <message>
        <source>Back  {key}</source>
        <translation>返回  {key}</translation>
    </message>
    <message>
        <source>Nothing to read here</source>
        <translation>暂无内容</translation>
    </message>
    <message>
        <source>No note was written yet.</source>
        <translation>还没有写过备注。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
</context>
<context>
    <name>IdentityPanel</name>
    <message>
        <source>{question}: right</source>
        <translation>{question} 一致</translation>
    </message>
    <message>
        <source>Not right. Wrong answers left before the check has failed: {left}</source>
        <translation>不一致。再答错 {left} 次即核身失败</translation>
    </message>
    <message>
        <source>Mistyped: ask again  {key}</source>
        <translation>手误，重新问  {key}</translation>
    </message>
    <message>
        <source>Not verified: say nothing of the matter. A slip of the finger is asked again.</source>
        <translation>未能核身：不谈具体事项。若是手误填错，可重新问一次。</translation>
    </message>
    <message>
        <source>The file has neither ID nor card month: nobody can be verified here by telephone.</source>
        <translation>资料里没有身份证号，也没有开卡年月：电话里无法核身。</translation>
    </message>
    <message>
        <source>One more: the ID&apos;s last four, or the month the card was opened. The rest proves nothing.</source>
        <translation>还差一项：身份证后四位或开卡年月。其余几项不能证明身份。</translation>
    </message>
    <message>
        <source>{right} of {needed} right, the ID&apos;s last four or the card&apos;s month among them · Enter compares</source>
        <translation>已对上 {right}/{needed} 项，须含身份证后四位或开卡年月 · 回车比对</translation>
    </message>
</context>
<context>
    <name>ImportView</name>
    <message>
        <source>Stopped; nothing was taken over.</source>
        <translation>已停止，没有导入任何内容。</translation>
    </message>
    <message>
        <source>File {number} of {count} · </source>
        <translation>第 {number} / {count} 个文件 · </translation>
    </message>
    <message>
        <source>Importing {file}</source>
        <translation>正在导入 {file}</translation>
    </message>
    <message>
        <source>Nobody sees these cases before all of them are in. You can go on working elsewhere meanwhile.</source>
        <translation>全部导入完成后这些案件才会出现，期间可以继续其他工作。</translation>
    </message>
    <message>
        <source>No payment counts before all of them are in. You can go on working elsewhere meanwhile.</source>
        <translation>全部导入前，任何一笔还款都不计入。其间可继续其他工作。</translation>
    </message>
    <message>
        <source>The whole list holds at once. You can go on working elsewhere meanwhile.</source>
        <translation>整份名单一次生效，期间可继续其他工作。</translation>
    </message>
    <message>
        <source>Taken in by mistake: {file}</source>
        <translation>名单导入有误：{file}</translation>
    </message>
</context>
<context>
    <name>IncidentDialog</name>
    <message>
        <source>Incident</source>
        <translation>突发事件</translation>
    </message>
</context>
<context>
    <name>IncidentFacts</name>
    <message>
        <source>PDF…</source>
        <translation>PDF…</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>上报人</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Wanted now</source>
        <translation>目前需要</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件经过</translation>
    </message>
    <message>
        <source>Done at once</source>
        <translation>已采取的措施</translation>
    </message>
    <message>
        <source>Injuries</source>
        <translation>受伤情况</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>报警情况</translation>
    </message>
    <message>
        <source>Nothing written yet: call them.</source>
        <translation>尚未填写经过，请立即电话联系。</translation>
    </message>
</context>
<context>
    <name>IncidentView</name>
    <message>
        <source>The incident report is kept.</source>
        <translation>突发事件报告已保存。</translation>
    </message>
    <message>
        <source>{name} typed this {time}; it isn&apos;t kept as a report yet.</source>
        <translation>以下为{name}于{time} 输入的内容，尚未保存为报告。</translation>
    </message>
    <message>
        <source>Incident: what is it?</source>
        <translation>突发事件：是什么情况？</translation>
    </message>
    <message>
        <source>Safety first. One tap puts it on the lead&apos;s list at once; the words come afterwards.</source>
        <translation>安全第一。点一下即列入主管待办，经过稍后再填。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>{name} was writing {number} ({kind}) {time}.</source>
        <translation>{name}于{time} 填写 {number}（{kind}），尚未完成。</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>继续填写</translation>
    </message>
    <message>
        <source>Back to what was kept last</source>
        <translation>恢复为上次保存的内容</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新填写</translation>
    </message>
    <message>
        <source>Keep the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>PDF…</source>
        <translation>PDF…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件经过</translation>
    </message>
    <message>
        <source>What was done at once, who was told</source>
        <translation>已采取的措施、通知了谁</translation>
    </message>
    <message>
        <source>Who was there</source>
        <translation>在场人员</translation>
    </message>
    <message>
        <source>Witnesses</source>
        <translation>见证人</translation>
    </message>
    <message>
        <source>Somebody was hurt</source>
        <translation>有人受伤</translation>
    </message>
    <message>
        <source>Who was hurt and how</source>
        <translation>何人受伤、伤情如何</translation>
    </message>
    <message>
        <source>Police were called or came</source>
        <translation>已报警或警方到场</translation>
    </message>
    <message>
        <source>Station, officer, file number</source>
        <translation>派出所、民警、警情编号</translation>
    </message>
    <message>
        <source>Not everybody is safe yet</source>
        <translation>尚有人员未脱离危险</translation>
    </message>
    <message>
        <source>What help is wanted now</source>
        <translation>目前需要什么帮助</translation>
    </message>
    <message>
        <source>{number} saved.</source>
        <translation>{number} 已保存。</translation>
    </message>
    <message>
        <source>{people} just wrote: {fields}. Read it, then keep the report.</source>
        <translation>{people}刚填写了：{fields}。请先查看，再保存。</translation>
    </message>
    <message>
        <source>Two of you wrote into one field: choose first.</source>
        <translation>两人同时填写了同一栏，请先选择。</translation>
    </message>
</context>
<context>
    <name>InstitutionCountsCard</name>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>The institution&apos;s counts today</source>
        <translation>机构当日次数</translation>
    </message>
    <message>
        <source>Import the bank&apos;s counts…  {key}</source>
        <translation>导入银行次数表…  {key}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>No figures of today. Ask the bank for its table of talks and connected calls by debtor and import it here; until then only this workstation&apos;s share counts.</source>
        <translation>今日尚无数据。请向银行索取按债务人统计的有效通话与接通次数表并在此导入；在此之前只按本机份额掌握。</translation>
    </message>
    <message>
        <source>Figures of {count} debtors are in force and beat the share; all others stay unknown. They count until the day ends, or a newer file comes.</source>
        <translation>{count} 位债务人的次数已生效，优先于份额；其余仍为未知。当日有效，有更新的文件时以新者为准。</translation>
    </message>
    <message>
        <source>One debtor alone: open the case under Cases, {key}.</source>
        <translation>只填一位债务人：在“案件”中打开案件，按 {key}。</translation>
    </message>
    <message>
        <source>{count} caps turned out to be passed today: see Review.</source>
        <translation>今日发现 {count} 项事后超限，请见“复核”。</translation>
    </message>
    <message>
        <source>A team lead or manager imports them.</source>
        <translation>由主管或经理导入。</translation>
    </message>
</context>
<context>
    <name>JudgeCard</name>
    <message>
        <source>What is to be looked at again</source>
        <translation>需要修改或补充的内容</translation>
    </message>
    <message>
        <source>Mark the field</source>
        <translation>标注该项</translation>
    </message>
    <message>
        <source>In your own words</source>
        <translation>意见（请用自己的话填写）</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Marks on fields, for sending back</source>
        <translation>逐项标注（退回时使用）</translation>
    </message>
    <message>
        <source>Accepted and filed.</source>
        <translation>已通过并归档。</translation>
    </message>
    <message>
        <source>Sent back to the pair.</source>
        <translation>已退回外访人员。</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Your decision on it</source>
        <translation>复核意见</translation>
    </message>
</context>
<context>
    <name>KeepingPart</name>
    <message>
        <source>No backup of this store was ever made.</source>
        <translation>此数据库从未备份过。</translation>
    </message>
    <message>
        <source>Last backup {at}, by {name}</source>
        <translation>最近备份 {at}，{name}</translation>
    </message>
    <message>
        <source>Make a backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>… and {count} more; the command line lists them.</source>
        <translation>……另有 {count} 处，可用命令行查看全部。</translation>
    </message>
    <message>
        <source>Choose a backup</source>
        <translation>选择备份文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>备份时间</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>everything up to act no. {last}</source>
        <translation>截至第 {last} 条操作的全部内容</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>本数据库</translation>
    </message>
    <message>
        <source>another store than this one</source>
        <translation>不是本数据库</translation>
    </message>
    <message>
        <source>Say why; it is kept for good.</source>
        <translation>请说明原因，该说明会永久保留。</translation>
    </message>
    <message>
        <source>Your password opens the backup.</source>
        <translation>请输入密码，用于打开备份。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Make a backup…</source>
        <translation>立即备份…</translation>
    </message>
    <message>
        <source>Verify the history</source>
        <translation>核验历史</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>One file, encrypted like the store; who can sign in today can sign in to it. Keep it elsewhere.</source>
        <translation>备份为一个加密文件，现有人员的密码均可打开。请存放在其他位置。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史核验</translation>
    </message>
    <message>
        <source>Put a backup back</source>
        <translation>恢复备份</translation>
    </message>
    <message>
        <source>You are signed out; the store as it is now is kept beside it. What was done since is given up.</source>
        <translation>恢复时会退出登录，现有数据库保留在旁边，备份之后的操作将被放弃。</translation>
    </message>
    <message>
        <source>A team lead puts a backup back.</source>
        <translation>由催收主管恢复备份。</translation>
    </message>
    <message>
        <source>Choose a backup…</source>
        <translation>选择备份文件…</translation>
    </message>
    <message>
        <source>Why later work is given up</source>
        <translation>放弃之后操作的原因</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>您的密码</translation>
    </message>
    <message>
        <source>Sign out and put it back</source>
        <translation>退出登录并恢复</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Checks every act ever written: order, content, signatures, that no older copy was put back, and what is shown after it.</source>
        <translation>核对写下的每一步操作：顺序、内容、签名、是否被换回旧副本，以及据此显示的内容。</translation>
    </message>
    <message>
        <source>Work out every debtor&apos;s place in the queue anew, not those of {count} drawn (slow)</source>
        <translation>重新推算每名债务人的队列位置，而不只抽取 {count} 名（较慢）</translation>
    </message>
</context>
<context>
    <name>KeptCard</name>
    <message>
        <source>Kept beyond the rules</source>
        <translation>超过规则要求的留存</translation>
    </message>
    <message>
        <source>No closed file is kept longer than the released rules ask.</source>
        <translation>没有已结案卷超过已发布规则要求的留存期限。</translation>
    </message>
    <message>
        <source>{count} closed files are past their term: the rules in use want {erased} erased and {stored} kept for storing only. This program can&apos;t erase yet; nobody should work on them meanwhile.</source>
        <translation>共 {count} 份已结案卷留存期满：按现行规则，{erased} 份应删除，{stored} 份仅可存储。本程序尚不能删除，在此之前请勿再使用这些案卷。</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>…另有 {count} 份</translation>
    </message>
    <message>
        <source>to be erased</source>
        <translation>应删除</translation>
    </message>
    <message>
        <source>only to be stored</source>
        <translation>仅可存储</translation>
    </message>
    <message>
        <source>{cases} · closed {day} · {asked}</source>
        <translation>{cases} · {day} 结案 · {asked}</translation>
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
        <source>The debtor is calling back: begin the call without dialling</source>
        <translation>客户来电：不拨号，直接开始通话</translation>
    </message>
    <message>
        <source>Choose the next number that may be called</source>
        <translation>换到下一个可拨号码</translation>
    </message>
    <message>
        <source>Choose a guarantor&apos;s number, or a contact&apos;s</source>
        <translation>选择担保人或联系人的号码</translation>
    </message>
    <message>
        <source>Set the case for when it may be called again, and the next one</source>
        <translation>安排到允许拨打的时间，处理下一件</translation>
    </message>
    <message>
        <source>Choose the outcome; its own key picks it</source>
        <translation>选择通话结果（再按结果键）</translation>
    </message>
    <message>
        <source>To the amount</source>
        <translation>填写金额</translation>
    </message>
    <message>
        <source>Promise or call-back: today</source>
        <translation>承诺或回电：今天</translation>
    </message>
    <message>
        <source>Promise or call-back: tomorrow</source>
        <translation>承诺或回电：明天</translation>
    </message>
    <message>
        <source>Promise or call-back: at 18:00</source>
        <translation>承诺或回电：18:00</translation>
    </message>
    <message>
        <source>Choose the way to pay</source>
        <translation>选择还款渠道</translation>
    </message>
    <message>
        <source>Choose the reason for the arrears</source>
        <translation>选择逾期原因</translation>
    </message>
    <message>
        <source>All guidance of the script, or its headlines only</source>
        <translation>话术显示全部提示，或仅显示要点</translation>
    </message>
    <message>
        <source>What opens the gate: consents, a lead&apos;s override</source>
        <translation>放行与同意：客户同意、主管放行</translation>
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
        <source>Put the cases in another order, again: in the next</source>
        <translation>案件换一种排序，再按换下一种</translation>
    </message>
    <message>
        <source>Split a payment in doubt over cases, or give it to one</source>
        <translation>拆分存疑还款到各案件，或归入某一案件</translation>
    </message>
    <message>
        <source>Enter the bank&apos;s counts of today for this debtor</source>
        <translation>填写该债务人今日的银行次数</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Print or save the document</source>
        <translation>打印或保存文档</translation>
    </message>
    <message>
        <source>To the text</source>
        <translation>到正文</translation>
    </message>
    <message>
        <source>To the list of packs</source>
        <translation>到包列表</translation>
    </message>
    <message>
        <source>To the list of files</source>
        <translation>到文件列表</translation>
    </message>
    <message>
        <source>Walk the scripts with an invented case, or try the words</source>
        <translation>用虚构案件演练话术，或试用词表</translation>
    </message>
    <message>
        <source>Compare with the version in use</source>
        <translation>与使用中的版本对比</translation>
    </message>
    <message>
        <source>What followed the answers that were used</source>
        <translation>查看应答卡的效果</translation>
    </message>
    <message>
        <source>To the next fault</source>
        <translation>到下一处错误</translation>
    </message>
    <message>
        <source>Edit a copy of this version</source>
        <translation>编辑这个版本的副本</translation>
    </message>
    <message>
        <source>Hand in to legal</source>
        <translation>提交法务</translation>
    </message>
    <message>
        <source>Release this version</source>
        <translation>发布这个版本</translation>
    </message>
    <message>
        <source>Return it to its author</source>
        <translation>退回给作者</translation>
    </message>
    <message>
        <source>Withdraw this version</source>
        <translation>停用这个版本</translation>
    </message>
    <message>
        <source>Throw this draft away</source>
        <translation>放弃这份草稿</translation>
    </message>
    <message>
        <source>A new short form</source>
        <translation>新短语</translation>
    </message>
    <message>
        <source>Delete this short form</source>
        <translation>删除这条短语</translation>
    </message>
    <message>
        <source>Rehearsal: the answers are right</source>
        <translation>演练：核对无误</translation>
    </message>
    <message>
        <source>Rehearsal: the answers are wrong</source>
        <translation>演练：核对不符</translation>
    </message>
    <message>
        <source>Incident: tell the lead at once, by one digit</source>
        <translation>突发事件：按一个数字即通知主管</translation>
    </message>
    <message>
        <source>Rounds of the day, packs to take along</source>
        <translation>当日外访路线和资料包</translation>
    </message>
    <message>
        <source>Move the stop up in its round</source>
        <translation>将该站前移</translation>
    </message>
    <message>
        <source>Move the stop down in its round</source>
        <translation>将该站后移</translation>
    </message>
    <message>
        <source>Make the stop a spare one, or not</source>
        <translation>设为或取消备选</translation>
    </message>
    <message>
        <source>Add photos, recordings or scans to the visit</source>
        <translation>为外访添加照片、录音或扫描件</translation>
    </message>
    <message>
        <source>Evidence: take in what was copied</source>
        <translation>证据：添加剪贴板内容</translation>
    </message>
    <message>
        <source>Evidence: the piece before</source>
        <translation>证据：上一份</translation>
    </message>
    <message>
        <source>Evidence: the next piece</source>
        <translation>证据：下一份</translation>
    </message>
    <message>
        <source>Evidence: look at it; recording: play or hold</source>
        <translation>证据：查看；录音：播放或暂停</translation>
    </message>
    <message>
        <source>Recording: back 5 s; box: to the left</source>
        <translation>录音：后退 5 秒；遮盖框：左移</translation>
    </message>
    <message>
        <source>Recording: on 5 s; box: to the right</source>
        <translation>录音：前进 5 秒；遮盖框：右移</translation>
    </message>
    <message>
        <source>Recording: slower</source>
        <translation>录音：放慢</translation>
    </message>
    <message>
        <source>Recording: faster</source>
        <translation>录音：加快</translation>
    </message>
    <message>
        <source>Evidence: larger</source>
        <translation>证据：放大</translation>
    </message>
    <message>
        <source>Evidence: smaller</source>
        <translation>证据：缩小</translation>
    </message>
    <message>
        <source>Evidence: the whole picture</source>
        <translation>证据：显示全图</translation>
    </message>
    <message>
        <source>Photo: hide parts of it</source>
        <translation>照片：遮盖部分内容</translation>
    </message>
    <message>
        <source>Photo: a new box</source>
        <translation>照片：新遮盖框</translation>
    </message>
    <message>
        <source>Photo: the next box</source>
        <translation>照片：下一个遮盖框</translation>
    </message>
    <message>
        <source>Photo: take the box off</source>
        <translation>照片：去掉遮盖框</translation>
    </message>
    <message>
        <source>Box: narrower</source>
        <translation>遮盖框：变窄</translation>
    </message>
    <message>
        <source>Box: wider</source>
        <translation>遮盖框：变宽</translation>
    </message>
    <message>
        <source>Box: less high</source>
        <translation>遮盖框：变矮</translation>
    </message>
    <message>
        <source>Box: higher</source>
        <translation>遮盖框：变高</translation>
    </message>
    <message>
        <source>Refuse, call off or send back, with a reason</source>
        <translation>拒绝、取消或退回（须填写理由）</translation>
    </message>
    <message>
        <source>Settle the matter and let collecting go on</source>
        <translation>办结并解除暂停，恢复催收</translation>
    </message>
    <message>
        <source>Close the case on the bank&apos;s word, or open it again</source>
        <translation>凭银行文件结案、退案，或恢复办理</translation>
    </message>
    <message>
        <source>Open the next case, or the row the arrows chose</source>
        <translation>打开下一户，或打开方向键选中的一户</translation>
    </message>
    <message>
        <source>Queue: the row above; recording: louder; box: up</source>
        <translation>队列：上一行；录音：调高音量；遮盖框：上移</translation>
    </message>
    <message>
        <source>Queue: the row below; recording: quieter; box: down</source>
        <translation>队列：下一行；录音：调低音量；遮盖框：下移</translation>
    </message>
    <message>
        <source>Open the danger or incident that is told in red</source>
        <translation>打开红色提示的生命危险或突发事件</translation>
    </message>
    <message>
        <source>Send contact records of the chosen placement to its bank</source>
        <translation>把所选委案批次的催记回传银行</translation>
    </message>
    <message>
        <source>More: account, number, next step, further parts of a promise, recording</source>
        <translation>更多：账户、号码、下一步、承诺的后续各期、录音</translation>
    </message>
    <message>
        <source>Reconcile a month of the chosen placement with its bank</source>
        <translation>与银行核对所选批次的某月账目</translation>
    </message>
    <message>
        <source>Take in the bank&apos;s own statement of the month</source>
        <translation>导入银行该月的对账单</translation>
    </message>
    <message>
        <source>Freeze the month; pressed twice</source>
        <translation>锁定月份（按两次）</translation>
    </message>
    <message>
        <source>Identity: the last wrong answer was mistyped, ask again (once)</source>
        <translation>核身：上一个错误是手误，重新问（限一次）</translation>
    </message>
    <message>
        <source>Promise: the full amount; without a call: class and filter of the queue</source>
        <translation>承诺：全额；未在通话时：队列的分类与筛选</translation>
    </message>
    <message>
        <source>To day and time, in words: 14, 30m, tomorrow 9am</source>
        <translation>日期和时间，直接输入：14、30m、明早9点</translation>
    </message>
    <message>
        <source>Choose a moment that is often asked for</source>
        <translation>选常用时间</translation>
    </message>
    <message>
        <source>Read the history in full; arrows walk it, Esc goes back</source>
        <translation>阅读全部历史；方向键逐条查看，Esc 返回</translation>
    </message>
    <message>
        <source>History: the notes only, or everything</source>
        <translation>历史：只看备注或看全部</translation>
    </message>
    <message>
        <source>Note: the customer&apos;s own words, in quotation marks</source>
        <translation>备注：客户原话，加引号</translation>
    </message>
    <message>
        <source>Open the case that comes due</source>
        <translation>打开即将到点的案件</translation>
    </message>
</context>
<context>
    <name>KeysPart</name>
    <message>
        <source>Nobody has shown yet that the newest code is on paper. Make another one.</source>
        <translation>最新的恢复码尚未确认已抄录，请重新生成。</translation>
    </message>
    <message>
        <source>The recovery code is on paper.</source>
        <translation>恢复码已抄录在纸上。</translation>
    </message>
    <message>
        <source>Your password is needed.</source>
        <translation>请输入您的密码。</translation>
    </message>
    <message>
        <source>Root key</source>
        <translation>根密钥</translation>
    </message>
    <message>
        <source>All signatures of the store go back to this key. Compare it with the recovery sheet.</source>
        <translation>本库的所有签名都以此密钥为依据。请与恢复码打印件核对。</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>The old code opens the store until you have typed back two groups of the new one.</source>
        <translation>在您对照输入新恢复码的两组之前，旧恢复码仍然有效。</translation>
    </message>
    <message>
        <source>Make a new code…</source>
        <translation>生成新恢复码…</translation>
    </message>
    <message>
        <source>Write the store anew</source>
        <translation>重新加密数据库</translation>
    </message>
    <message>
        <source>Your password</source>
        <translation>您的密码</translation>
    </message>
    <message>
        <source>Sign out and write it anew</source>
        <translation>退出并重新加密</translation>
    </message>
    <message>
        <source>Old key files of {count} who left, lost a role or a password still open this store.</source>
        <translation>{count} 人已离职、失去角色或密码，其旧密钥文件仍可打开本库。</translation>
    </message>
    <message>
        <source>No old key file of somebody who left or lost a role opens this store.</source>
        <translation>没有离职或失去角色者的旧密钥文件可以打开本库。</translation>
    </message>
    <message>
        <source>After somebody left, lost a role, or a code was used: the store gets another key, and old key files open it no more. Close it in all windows first; everybody signs in again with their own password.</source>
        <translation>有人离职、失去角色或恢复码被使用后：库将换用新密钥，旧密钥文件不再能打开。请先在所有窗口中关闭；之后每人用自己的密码重新登录。</translation>
    </message>
</context>
<context>
    <name>LatePanel</name>
    <message>
        <source>Typed after the report was handed in, and not in it:</source>
        <translation>以下内容在报告提交后填写，未写入报告：</translation>
    </message>
    <message>
        <source>Put it into the report</source>
        <translation>写入报告</translation>
    </message>
    <message>
        <source>Leave it out</source>
        <translation>不写入</translation>
    </message>
</context>
<context>
    <name>LearntModel</name>
    <message>
        <source>Answer</source>
        <translation>应答卡</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Led on</source>
        <translation>继续推进</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Hung up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>All calls with an answer</source>
        <translation>全部用过应答卡的通话</translation>
    </message>
</context>
<context>
    <name>LearntPanel</name>
    <message>
        <source>No answer card was used in this time.</source>
        <translation>这段时间没有用过应答卡。</translation>
    </message>
    <message>
        <source>Calls in which an answer was used, and what followed. Shares only from {few} calls on. The order in which answers are found does not change by itself.</source>
        <translation>用过应答卡的通话及其结果。满 {few} 通才显示比例。查找应答时的排序不会自动改变。</translation>
    </message>
    <message>
        <source>The last {days} days</source>
        <translation>最近 {days} 天</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>What followed the answers</source>
        <translation>应答效果</translation>
    </message>
</context>
<context>
    <name>LeftOpenDetail</name>
    <message>
        <source>Take it over and enter the outcome</source>
        <translation>接手并登记结果</translation>
    </message>
    <message>
        <source>Debtor</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Called by</source>
        <translation>拨打人</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
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
    <message>
        <source>Your call is open. Its clock goes on; nothing of it is lost.</source>
        <translation>通话仍在进行，计时继续，内容不会丢失。</translation>
    </message>
</context>
<context>
    <name>LogCard</name>
    <message>
        <source>The debtor  {key}</source>
        <translation>转为本人  {key}</translation>
    </message>
    <message>
        <source>The guarantor  {key}</source>
        <translation>担保人本人  {key}</translation>
    </message>
    <message>
        <source>Third party  {key}</source>
        <translation>第三人接听  {key}</translation>
    </message>
    <message>
        <source>Draft kept {time}</source>
        <translation>草稿已保存 {time}</translation>
    </message>
    <message>
        <source>{count} missing</source>
        <translation>缺 {count} 项</translation>
    </message>
    <message>
        <source>Call log</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>What was said and agreed, in your own words ({key}). / shows the short forms.</source>
        <translation>用自己的话写下谈了什么、约定了什么（{key}）。输入 / 可选短语。</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Save, next</source>
        <translation>保存，下一件</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>申请外访</translation>
    </message>
    <message>
        <source>Undo  {key}</source>
        <translation>撤回  {key}</translation>
    </message>
    <message>
        <source>More  {key}</source>
        <translation>更多  {key}</translation>
    </message>
    <message>
        <source>The customer&apos;s own words? {key} puts quotation marks.</source>
        <translation>是客户原话？按 {key} 加引号。</translation>
    </message>
    <message>
        <source>{count} missing: next step</source>
        <translation>缺 {count} 项：下一处</translation>
    </message>
</context>
<context>
    <name>LogFields</name>
    <message>
        <source>today {day}</source>
        <translation>今天 {day}</translation>
    </message>
    <message>
        <source>tomorrow {day}</source>
        <translation>明天 {day}</translation>
    </message>
    <message>
        <source>Outcome {key}</source>
        <translation>结果 {key}</translation>
    </message>
    <message>
        <source>Amount {key}</source>
        <translation>金额 {key}</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Way to pay {key}</source>
        <translation>渠道 {key}</translation>
    </message>
    <message>
        <source>Reason {key}</source>
        <translation>逾期原因 {key}</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>In full</source>
        <translation>全额</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>Proof they name</source>
        <translation>对方提供的凭证</translation>
    </message>
    <message>
        <source>Day {key}</source>
        <translation>日期 {key}</translation>
    </message>
    <message>
        <source>Time {key}</source>
        <translation>时间 {key}</translation>
    </message>
    <message>
        <source>{day}, {date}, tomorrow 9am</source>
        <translation>{day}、{date}、明早9点</translation>
    </message>
    <message>
        <source>14, 30m, 9am</source>
        <translation>14、30m、9点</translation>
    </message>
    <message>
        <source>Soon {key}</source>
        <translation>常用时间 {key}</translation>
    </message>
    <message>
        <source>Moments often asked for</source>
        <translation>常用时间</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Way to pay</source>
        <translation>还款渠道</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
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
        <source>Collector Desk</source>
        <translation>催收工作台</translation>
    </message>
</context>
<context>
    <name>MandatesPart</name>
    <message>
        <source>Placement</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>到期日</translation>
    </message>
    <message>
        <source>Days left</source>
        <translation>剩余天数</translation>
    </message>
    <message>
        <source>Open cases</source>
        <translation>未结案件</translation>
    </message>
    <message>
        <source>Worth asking</source>
        <translation>建议留案</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未还金额</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已到期</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>当前欠款</translation>
    </message>
    <message>
        <source>Why it should stay</source>
        <translation>留案理由</translation>
    </message>
    <message>
        <source>Asked on</source>
        <translation>申请编号</translation>
    </message>
    <message>
        <source>The bank says</source>
        <translation>银行答复</translation>
    </message>
    <message>
        <source>doesn&apos;t stay</source>
        <translation>不留案</translation>
    </message>
    <message>
        <source>{count} cases go back to the bank: their promises are void, their details are masked.</source>
        <translation>{count} 个案件将退回银行：承诺作废，资料打码。</translation>
    </message>
    <message>
        <source>{count} of {all} cases are chosen; those worth asking for were proposed.</source>
        <translation>已选 {count} / {all} 个案件；建议留案的已自动选中。</translation>
    </message>
    <message>
        <source>A day after {day}.</source>
        <translation>须晚于 {day}。</translation>
    </message>
    <message>
        <source>{number}: {count} cases written.</source>
        <translation>{number}：已写入 {count} 个案件。</translation>
    </message>
    <message>
        <source>Mandates that end</source>
        <translation>即将到期的委托</translation>
    </message>
    <message>
        <source>Their cases</source>
        <translation>其中案件</translation>
    </message>
    <message>
        <source>Ask until</source>
        <translation>申请留案至</translation>
    </message>
    <message>
        <source>List to ask the bank…</source>
        <translation>生成留案申请…</translation>
    </message>
    <message>
        <source>Give back…</source>
        <translation>退案…</translation>
    </message>
    <message>
        <source>No mandate ends</source>
        <translation>没有即将到期的委托</translation>
    </message>
    <message>
        <source>Seven days before its last day a placement stands here, and after it until its cases went back.</source>
        <translation>委托到期前七天起列在这里，到期后直到案件退回为止。</translation>
    </message>
    <message>
        <source>{number} {kind}, {count} cases, {day}</source>
        <translation>{number} {kind}，{count} 件，{day}</translation>
    </message>
</context>
<context>
    <name>MonthView</name>
    <message>
        <source>Opening</source>
        <translation>期初</translation>
    </message>
    <message>
        <source>Placed</source>
        <translation>新委</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>净回款</translation>
    </message>
    <message>
        <source>Came late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>期末</translation>
    </message>
    <message>
        <source>owed as the month began</source>
        <translation>月初欠款</translation>
    </message>
    <message>
        <source>new in the month</source>
        <translation>本月新委</translation>
    </message>
    <message>
        <source>{share} % of {placed} placed</source>
        <translation>占委案 {placed} 的 {share} %</translation>
    </message>
    <message>
        <source>paid less what was taken back</source>
        <translation>还款减冲正</translation>
    </message>
    <message>
        <source>{count} rows of frozen months</source>
        <translation>已锁定月份的 {count} 行</translation>
    </message>
    <message>
        <source>owed as it ended</source>
        <translation>月末欠款</translation>
    </message>
    <message>
        <source>Working it out</source>
        <translation>正在计算</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Frozen, {month} can&apos;t be changed any more. Press {key} again to freeze it.</source>
        <translation>锁定后 {month} 不可再改。再按一次 {key} 锁定。</translation>
    </message>
    <message>
        <source>The bank&apos;s statement of the month</source>
        <translation>银行该月对账单</translation>
    </message>
    <message>
        <source>Reconciliation</source>
        <translation>对账</translation>
    </message>
    <message>
        <source>The month for the bank</source>
        <translation>对账文件</translation>
    </message>
    <message>
        <source>{number}: {file} written.</source>
        <translation>{number}：已写出 {file}。</translation>
    </message>
    <message>
        <source>Reconciliation: {placement}</source>
        <translation>对账：{placement}</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
    <message>
        <source>Month, e.g. 2026-11</source>
        <translation>月份，如 2026-11</translation>
    </message>
    <message>
        <source>List (1 to 7)</source>
        <translation>清单（1 至 7）</translation>
    </message>
    <message>
        <source>Their statement…  {key}</source>
        <translation>银行对账单…  {key}</translation>
    </message>
    <message>
        <source>Write…  {key}</source>
        <translation>写出…  {key}</translation>
    </message>
    <message>
        <source>Freeze the month  {key}</source>
        <translation>锁定该月  {key}</translation>
    </message>
</context>
<context>
    <name>MoreFacts</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>已录音</translation>
    </message>
    <message>
        <source>Why, in a few words</source>
        <translation>简要说明原因</translation>
    </message>
    <message>
        <source>Reference of the recording</source>
        <translation>录音编号</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>This number</source>
        <translation>此号码</translation>
    </message>
    <message>
        <source>New number given</source>
        <translation>对方新号码</translation>
    </message>
    <message>
        <source>Willing</source>
        <translation>有意愿</translation>
    </message>
    <message>
        <source>Able</source>
        <translation>有能力</translation>
    </message>
    <message>
        <source>Next step on</source>
        <translation>下一步日期</translation>
    </message>
    <message>
        <source>at</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Further parts of the promise</source>
        <translation>承诺的后续各期</translation>
    </message>
    <message>
        <source>500 11-30; 1,000 next Friday 18:00</source>
        <translation>500 11-30；1000 下周五 18:00</translation>
    </message>
</context>
<context>
    <name>NoNumberPanel</name>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>号码来源</translation>
    </message>
    <message>
        <source>What the lead should know, in your own words</source>
        <translation>请用自己的话写明需要主管了解的情况</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>离开 (Esc)</translation>
    </message>
    <message>
        <source>Put it before the lead</source>
        <translation>交主管处理</translation>
    </message>
    <message>
        <source>The case waits until the lead has decided; it stands in Review.</source>
        <translation>主管处理前案件等待，事项列在“复核”中。</translation>
    </message>
    <message>
        <source>A new number</source>
        <translation>登记新号码</translation>
    </message>
    <message>
        <source>Keep the number</source>
        <translation>登记号码</translation>
    </message>
    <message>
        <source>Only a number of the debtor&apos;s own, from the bank, the debtor or a public place. One known as somebody else&apos;s goes to the lead first.</source>
        <translation>只登记本人的号码，且来自委托方、本人或公开渠道。档案中属于他人的号码，先由主管确认。</translation>
    </message>
</context>
<context>
    <name>NobodysPart</name>
    <message>
        <source>{count} rows are asked of the bank.</source>
        <translation>{count} 行已列入询问银行。</translation>
    </message>
    <message>
        <source>{count} rows let go.</source>
        <translation>{count} 行不再处理。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Named</source>
        <translation>所列编号</translation>
    </message>
    <message>
        <source>The bank says</source>
        <translation>银行要求</translation>
    </message>
    <message>
        <source>From</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Stays until</source>
        <translation>留案至</translation>
    </message>
    <message>
        <source>Why nobody&apos;s</source>
        <translation>未匹配原因</translation>
    </message>
    <message>
        <source>File and line</source>
        <translation>文件与行</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>已询问</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>待匹配</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>Rows of the banks&apos; lists that name no case of ours</source>
        <translation>银行名单中未匹配的行</translation>
    </message>
    <message>
        <source>They are tried again with every placement. When their case comes, what the bank said holds.</source>
        <translation>每次导入委案都会重新匹配；案件到来时，银行的要求随即生效。</translation>
    </message>
    <message>
        <source>Whose list it is (a bank that placed cases here)</source>
        <translation>名单来自哪家银行（须为委案银行）</translation>
    </message>
    <message>
        <source>Ask the bank</source>
        <translation>询问银行</translation>
    </message>
    <message>
        <source>Nothing to us</source>
        <translation>与本机构无关</translation>
    </message>
    <message>
        <source>Every row names a case</source>
        <translation>名单各行均已匹配</translation>
    </message>
    <message>
        <source>What a list says of a case that is not with us, or names two, waits here.</source>
        <translation>名单中不属于本机构或对应多个案件的行会列在这里。</translation>
    </message>
</context>
<context>
    <name>NothingHere</name>
    <message>
        <source>Ready for the next case</source>
        <translation>可以开始下一件</translation>
    </message>
    <message>
        <source>Enter opens the first case of the queue; / finds a debtor who calls back.</source>
        <translation>按回车打开队列第一件；客户来电按 / 搜索。</translation>
    </message>
    <message>
        <source>Open the next case (Enter)</source>
        <translation>打开下一件（回车）</translation>
    </message>
    <message>
        <source>Nothing to work here now</source>
        <translation>现在没有可作业的案件</translation>
    </message>
    <message>
        <source>Cases come back by themselves at their time; other classes are one filter away.</source>
        <translation>案件到时会自动回到队列，也可在左侧换一个类别查看。</translation>
    </message>
    <message>
        <source>Before the first call</source>
        <translation>首次拨打之前</translation>
    </message>
    <message>
        <source>Four steps; Tab walks through them, Space goes there.</source>
        <translation>共四步，按 Tab 逐项移动，按空格键前往。</translation>
    </message>
    <message>
        <source>Read and release rules and scripts</source>
        <translation>阅读并发布规则与话术</translation>
    </message>
    <message>
        <source>Let your people in</source>
        <translation>添加人员</translation>
    </message>
    <message>
        <source>Set this desk&apos;s share of the contact caps</source>
        <translation>设置本机次数份额</translation>
    </message>
    <message>
        <source>Import the file of a bank</source>
        <translation>导入银行委案文件</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ 已完成</translation>
    </message>
    <message>
        <source>○ to do</source>
        <translation>○ 待办</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Placement</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>手别</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>户数</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>经办人</translation>
    </message>
    <message>
        <source>Nothing was placed yet.</source>
        <translation>尚无委案。</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 件</translation>
    </message>
    <message>
        <source>{count} cases</source>
        <translation>共 {count} 件</translation>
    </message>
    <message>
        <source>the first {shown} of {count} cases</source>
        <translation>前 {shown} 户，共 {count} 户</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try the surname, pinyin initials, or three digits or more of a phone, ID, account or case.</source>
        <translation>可输入姓氏、拼音首字母，或电话、证件、账户、案件号中的三位以上数字。</translation>
    </message>
    <message>
        <source>Show all cases</source>
        <translation>显示全部案件</translation>
    </message>
    <message>
        <source>No cases yet</source>
        <translation>还没有案件</translation>
    </message>
    <message>
        <source>Import the file a bank sent. It is checked and shown before anything is taken over.</source>
        <translation>请导入银行发来的委案文件，导入前会先核对并展示内容。</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>A team lead imports the file of a bank here.</source>
        <translation>由催收主管在此导入银行文件。</translation>
    </message>
    <message>
        <source>Hidden in the file: {columns}</source>
        <translation>文件中的隐藏列：{columns}</translation>
    </message>
    <message>
        <source>Placements</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>All cases</source>
        <translation>全部案件</translation>
    </message>
    <message>
        <source>Import a file  {key}</source>
        <translation>导入文件  {key}</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>委案信息</translation>
    </message>
    <message>
        <source>Bank, ways to pay, complaints and mandate of the chosen placement</source>
        <translation>所选批次的银行、还款方式、投诉电话和委托期限</translation>
    </message>
    <message>
        <source>Name, pinyin initials, digits  {key}</source>
        <translation>姓名、拼音首字母、数字  {key}</translation>
    </message>
    <message>
        <source>Original file…</source>
        <translation>原始文件…</translation>
    </message>
    <message>
        <source>Save the file of the chosen placement as the bank sent it; that it was taken out is kept</source>
        <translation>将所选委案批次的文件按银行发来的原样保存；取出记录会留存</translation>
    </message>
    <message>
        <source>Rows of the chosen placement that stayed out: correct and take them in</source>
        <translation>所选批次中未接收的行：更正并接收</translation>
    </message>
    <message>
        <source>To the bank  {key}</source>
        <translation>回传银行  {key}</translation>
    </message>
    <message>
        <source>Contact records of the chosen placement in its bank&apos;s layout; each file is numbered</source>
        <translation>按银行模板回传所选批次的催记；每个文件都有编号</translation>
    </message>
    <message>
        <source>payments, withdrawn</source>
        <translation>还款，已撤销</translation>
    </message>
    <message>
        <source>payments</source>
        <translation>还款</translation>
    </message>
    <message>
        <source>Take out again  {key}</source>
        <translation>撤销文件  {key}</translation>
    </message>
    <message>
        <source>Reconcile  {key}</source>
        <translation>对账  {key}</translation>
    </message>
    <message>
        <source>A month of the chosen placement: what was owed, paid and taken back, held against the bank&apos;s</source>
        <translation>所选批次某月的欠款、还款与冲正，并与银行核对</translation>
    </message>
    <message>
        <source>Calls made on it  {key}</source>
        <translation>据此通话  {key}</translation>
    </message>
    <message>
        <source>list of cases</source>
        <translation>案件名单</translation>
    </message>
    <message>
        <source>Undo the chosen file while nobody has worked on it; payments a lead withdraws afterwards</source>
        <translation>撤销所选文件（尚无人据此作业时）；之后还款文件由主管撤销</translation>
    </message>
    <message>
        <source>Find a case</source>
        <translation>查找案件</translation>
    </message>
</context>
<context>
    <name>PackActs</name>
    <message>
        <source>Hand this draft to legal? It can&apos;t be changed any more then.</source>
        <translation>把这份草稿提交法务？提交后不能再修改。</translation>
    </message>
    <message>
        <source>What is new in it, for who reads it</source>
        <translation>改了什么，供审阅人参考</translation>
    </message>
    <message>
        <source>Hand this version in again? Another person has to release it.</source>
        <translation>重新提交这个版本？须由另一人发布。</translation>
    </message>
    <message>
        <source>Why go back to it</source>
        <translation>为什么要回到这个版本</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>提交法务</translation>
    </message>
    <message>
        <source>Handed in. Legal or a manager releases it.</source>
        <translation>已提交，由法务专员或催收部经理发布。</translation>
    </message>
    <message>
        <source>Release version {version} in the name of {name}? Calls go by it from now on.</source>
        <translation>以 {name} 的名义发布版本 {version}？此后通话即按它进行。</translation>
    </message>
    <message>
        <source>I have read it: release</source>
        <translation>我已审阅，发布</translation>
    </message>
    <message>
        <source>A remark, if any</source>
        <translation>备注（可不填）</translation>
    </message>
    <message>
        <source>Released. Calls go by it from now on.</source>
        <translation>已发布，此后通话按它进行。</translation>
    </message>
    <message>
        <source>Return it to its author?</source>
        <translation>退回给作者？</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>What has to change</source>
        <translation>需要改什么</translation>
    </message>
    <message>
        <source>Returned to its author.</source>
        <translation>已退回作者。</translation>
    </message>
    <message>
        <source>Take it back from legal?</source>
        <translation>从法务处撤回？</translation>
    </message>
    <message>
        <source>Withdraw it? No call can be made until another version is released.</source>
        <translation>停用它？在发布另一个版本之前无法拨打电话。</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Withdrawn.</source>
        <translation>已停用。</translation>
    </message>
    <message>
        <source>Throw this draft away? What is typed in it is gone.</source>
        <translation>放弃这份草稿？写过的内容将不再保留。</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>The draft is gone.</source>
        <translation>草稿已放弃。</translation>
    </message>
</context>
<context>
    <name>PackDetail</name>
    <message>
        <source>How it was lost, where it was lost</source>
        <translation>何时何地、如何遗失</translation>
    </message>
    <message>
        <source>Handed back, pages counted</source>
        <translation>已交回并清点页数</translation>
    </message>
    <message>
        <source>Lost: an incident</source>
        <translation>遗失：登记突发事件</translation>
    </message>
    <message>
        <source>The copy as issued…</source>
        <translation>原件副本…</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>资料包</translation>
    </message>
    <message>
        <source>Holder</source>
        <translation>持有人</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页数</translation>
    </message>
    <message>
        <source>Is it back?</source>
        <translation>是否已交回？</translation>
    </message>
    <message>
        <source>It holds names, addresses and debts. Count the pages before you tick it off.</source>
        <translation>资料包含有姓名、地址和欠款信息，请清点页数后再登记交回。</translation>
    </message>
    <message>
        <source>Lost: the incident is on the list.</source>
        <translation>已登记遗失，突发事件已列入待办。</translation>
    </message>
    <message>
        <source>Ticked off.</source>
        <translation>已登记交回。</translation>
    </message>
</context>
<context>
    <name>PackHead</name>
    <message>
        <source>Edit a copy</source>
        <translation>编辑副本</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>提交法务</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>放弃草稿</translation>
    </message>
</context>
<context>
    <name>PackHeadCard</name>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Version {version}, kept as you type; only you see it.</source>
        <translation>版本 {version}，边写边保存，只有您能看到。</translation>
    </message>
    <message>
        <source>Came with the program, version {version}. Nobody has released it yet.</source>
        <translation>程序自带，版本 {version}，尚未有人发布。</translation>
    </message>
    <message>
        <source>Version {version}, by {author}. Handed in by {name}, {day}. {reason}</source>
        <translation>版本 {version}，作者 {author}。{name} 于 {day} 提交。{reason}</translation>
    </message>
    <message>
        <source>Version {version}, by {author}. Returned by {name}, {day}: {reason}</source>
        <translation>版本 {version}，作者 {author}。{name} 于 {day} 退回：{reason}</translation>
    </message>
    <message>
        <source>Version {version}, by {author}. Released by {name}, {day}. {reason}</source>
        <translation>版本 {version}，作者 {author}。{name} 于 {day} 发布。{reason}</translation>
    </message>
    <message>
        <source>Version {version}, by {author}. Withdrawn by {name}, {day}: {reason}</source>
        <translation>版本 {version}，作者 {author}。{name} 于 {day} 停用：{reason}</translation>
    </message>
    <message>
        <source>the program</source>
        <translation>程序自带</translation>
    </message>
</context>
<context>
    <name>PackLine</name>
    <message>
        <source>{number} · {holder} · {day} · {count} pages</source>
        <translation>{number} · {holder} · {day} · {count} 页</translation>
    </message>
    <message>
        <source>Handed back</source>
        <translation>已交回</translation>
    </message>
    <message>
        <source>Not handed back</source>
        <translation>未交回</translation>
    </message>
    <message>
        <source>Copy…</source>
        <translation>副本…</translation>
    </message>
    <message>
        <source>Lost…</source>
        <translation>遗失…</translation>
    </message>
    <message>
        <source>How it was lost</source>
        <translation>如何遗失</translation>
    </message>
    <message>
        <source>Lost: an incident</source>
        <translation>遗失：登记突发事件</translation>
    </message>
</context>
<context>
    <name>PackList</name>
    <message>
        <source>Words not to use</source>
        <translation>禁用词</translation>
    </message>
    <message>
        <source>How people talk</source>
        <translation>口语词表</translation>
    </message>
    <message>
        <source>Short forms</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>{version} · your draft</source>
        <translation>{version} · 我的草稿</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>not released yet</source>
        <translation>尚未发布</translation>
    </message>
    <message>
        <source>earlier release</source>
        <translation>以前发布过</translation>
    </message>
</context>
<context>
    <name>PacksPart</name>
    <message>
        <source>{pack} is released.</source>
        <translation>{pack} 已发布。</translation>
    </message>
    <message>
        <source>I have read them all: release</source>
        <translation>已全部阅读，确认发布</translation>
    </message>
    <message>
        <source>All packs are released.</source>
        <translation>全部已发布。</translation>
    </message>
    <message>
        <source>not used here</source>
        <translation>本机不使用</translation>
    </message>
    <message>
        <source>▲ draft</source>
        <translation>▲ 草稿</translation>
    </message>
    <message>
        <source>✓ {day}, {name}</source>
        <translation>✓ {day}，{name}</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>{count} drafts: no live calls yet</source>
        <translation>{count} 份草稿，尚不能正式拨打</translation>
    </message>
    <message>
        <source>All released</source>
        <translation>已全部发布</translation>
    </message>
    <message>
        <source>Packs and scripts</source>
        <translation>规则与话术</translation>
    </message>
    <message>
        <source>Release all</source>
        <translation>全部发布</translation>
    </message>
    <message>
        <source>I have read it: release</source>
        <translation>已审阅，发布</translation>
    </message>
    <message>
        <source>A release is of exactly this text, in your name. A changed pack has to be released again.</source>
        <translation>发布的是当前显示的内容，并记在您名下。内容改动后须重新发布。</translation>
    </message>
    <message>
        <source>A manager or legal releases packs.</source>
        <translation>由催收部经理或法务专员发布。</translation>
    </message>
    <message>
        <source>The text of the pack</source>
        <translation>规则包正文</translation>
    </message>
    <message>
        <source>▲ draft, another language</source>
        <translation>▲ 草稿，其他语言</translation>
    </message>
    <message>
        <source>The pack to read</source>
        <translation>规则包阅读</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源文件</translation>
    </message>
    <message>
        <source>The text the document is made of, as it is released</source>
        <translation>生成本文档的原文，即发布的内容</translation>
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
    <message>
        <source>Workshop</source>
        <translation>工作坊</translation>
    </message>
    <message>
        <source>Short forms</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>Packs</source>
        <translation>规则与话术</translation>
    </message>
    <message>
        <source>Caps</source>
        <translation>次数与参数</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Emergencies</source>
        <translation>紧急情况</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Store keys</source>
        <translation>密钥</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>The visit was asked for; a lead decides.</source>
        <translation>已提交外访申请，等待主管决定。</translation>
    </message>
    <message>
        <source>Written down; the gate was asked anew.</source>
        <translation>已记录，规则已重新核对。</translation>
    </message>
    <message>
        <source>Written down with the matter.</source>
        <translation>已记入该事项。</translation>
    </message>
    <message>
        <source>It is before the lead; the case waits.</source>
        <translation>已交主管处理，案件等待。</translation>
    </message>
    <message>
        <source>The number is on file.</source>
        <translation>号码已登记。</translation>
    </message>
    <message>
        <source>Written down; a lead has to agree before it opens anything.</source>
        <translation>已登记，须经主管同意后才会放行。</translation>
    </message>
    <message>
        <source>It is before the lead; until then only the debtor may be called.</source>
        <translation>已提交主管；答复前只能联系本人。</translation>
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
    <message>
        <source>Your password is changed.</source>
        <translation>密码已修改。</translation>
    </message>
</context>
<context>
    <name>PaymentsPreview</name>
    <message>
        <source>Write the day as 2026-12-31.</source>
        <translation>日期请按 2026-12-31 的格式填写。</translation>
    </message>
    <message>
        <source>Both days, or neither.</source>
        <translation>两个日期须同时填写，或都不填。</translation>
    </message>
    <message>
        <source>Don&apos;t import</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>Take the payments in</source>
        <translation>导入还款</translation>
    </message>
    <message>
        <source>The file holds</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>不清楚</translation>
    </message>
    <message>
        <source>all payments again</source>
        <translation>含以往全部还款</translation>
    </message>
    <message>
        <source>only new payments</source>
        <translation>仅新增还款</translation>
    </message>
    <message>
        <source>It tells of the days from</source>
        <translation>覆盖日期自</translation>
    </message>
    <message>
        <source>up to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Empty: no promise is decided by it.</source>
        <translation>留空则不据此判定承诺。</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Payments: {file}</source>
        <translation>还款文件：{file}</translation>
    </message>
    <message>
        <source>Nothing was taken over yet.</source>
        <translation>尚未导入任何内容。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>To take in</source>
        <translation>将计入</translation>
    </message>
    <message>
        <source>{amount} off the balances</source>
        <translation>冲减欠款 {amount}</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>a person has to look at them</source>
        <translation>需人工处理</translation>
    </message>
    <message>
        <source>Unmatched</source>
        <translation>未匹配</translation>
    </message>
    <message>
        <source>no account of ours</source>
        <translation>无对应账户</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>each with its reason below</source>
        <translation>原因见下方</translation>
    </message>
    <message>
        <source>every row could be read</source>
        <translation>每一行均可读取</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>没有可提示的内容</translation>
    </message>
    <message>
        <source>There is nothing here that you need to look at.</source>
        <translation>这里没有需要查看的内容。</translation>
    </message>
    <message>
        <source>▲ not known: kept</source>
        <translation>▲ 未识别：原样保留</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Booked on</source>
        <translation>入账日期</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Tell its days anew</source>
        <translation>重新说明覆盖日期</translation>
    </message>
    <message>
        <source>Decides {count} promises.</source>
        <translation>将判定 {count} 项承诺。</translation>
    </message>
</context>
<context>
    <name>PaymentsResult</name>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>This very file was imported before</source>
        <translation>该文件此前已导入</translation>
    </message>
    <message>
        <source>{count} payments are in</source>
        <translation>已计入 {count} 笔还款</translation>
    </message>
    <message>
        <source>no day</source>
        <translation>未说明</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>It tells of</source>
        <translation>覆盖日期</translation>
    </message>
    <message>
        <source>Off the balances</source>
        <translation>冲减欠款</translation>
    </message>
    <message>
        <source>To settle</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Unmatched</source>
        <translation>未匹配</translation>
    </message>
    <message>
        <source>On file already</source>
        <translation>已在库</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Ends to confirm</source>
        <translation>待确认</translation>
    </message>
    <message>
        <source>Promises decided</source>
        <translation>承诺判定</translation>
    </message>
    <message>
        <source>Hidden columns</source>
        <translation>隐藏列</translation>
    </message>
    <message>
        <source>Next file ({count} more)</source>
        <translation>下一个文件（还有 {count} 个）</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>What the file tells of was said anew</source>
        <translation>已重新说明该文件的内容</translation>
    </message>
    <message>
        <source>Taken whole</source>
        <translation>全额计入</translation>
    </message>
    <message>
        <source>More than was owed</source>
        <translation>超出欠款</translation>
    </message>
</context>
<context>
    <name>PdfPreview</name>
    <message>
        <source>Saved. The history says who saved it.</source>
        <translation>已保存，操作已记入历史。</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>{name} · {count} pages</source>
        <translation>{name} · 共 {count} 页</translation>
    </message>
    <message>
        <source>signed and kept</source>
        <translation>已签章存档</translation>
    </message>
    <message>
        <source>not signed by both yet</source>
        <translation>尚未全部签名</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>The report is being made</source>
        <translation>正在生成报告</translation>
    </message>
    <message>
        <source>The first one takes a few seconds.</source>
        <translation>首次生成需要几秒钟。</translation>
    </message>
    <message>
        <source>The report as it prints</source>
        <translation>报告预览</translation>
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
        <translation>仅催收部经理可以修改。</translation>
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
        <source>Badge for visits, valid until</source>
        <translation>外访工作证有效期至</translation>
    </message>
    <message>
        <source>2027-12-31</source>
        <translation>2027-12-31</translation>
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
    <message>
        <source>open, first password</source>
        <translation>开放（初始密码）</translation>
    </message>
    <message>
        <source>closed, but an old key file still opens the store</source>
        <translation>已关闭，但旧密钥文件仍可打开本库</translation>
    </message>
    <message>
        <source>{state}; this person&apos;s old key file still opens the store</source>
        <translation>{state}；其旧密钥文件仍可打开本库</translation>
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
        <source>As 2027-12-31</source>
        <translation>格式如 2027-12-31</translation>
    </message>
    <message>
        <source>Roles and badge are saved.</source>
        <translation>角色和工作证已保存。</translation>
    </message>
    <message>
        <source>{name} can sign in now.</source>
        <translation>{name}现在可以登录。</translation>
    </message>
    <message>
        <source>Somebody new</source>
        <translation>新增人员</translation>
    </message>
    <message>
        <source>Closed. Until the store is written anew (Settings, Store keys), an old key file opens it.</source>
        <translation>已关闭。在重新加密数据库之前（设置 → 密钥），旧密钥文件仍可打开本库。</translation>
    </message>
    <message>
        <source>Somebody left, lost a role or a password: an old key file opens the store to them as before, until it is written anew.</source>
        <translation>有人离职、失去角色或密码：在重写本库之前，旧密钥文件仍能像以前一样打开它。</translation>
    </message>
    <message>
        <source>Write the store anew…</source>
        <translation>重写本库…</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人员</translation>
    </message>
</context>
<context>
    <name>PieceEditor</name>
    <message>
        <source>What it shows</source>
        <translation>内容说明</translation>
    </message>
    <message>
        <source>Taken indoors</source>
        <translation>室内拍摄</translation>
    </message>
    <message>
        <source>Why it was taken indoors</source>
        <translation>为何在室内拍摄</translation>
    </message>
    <message>
        <source>Leave out…</source>
        <translation>去掉…</translation>
    </message>
    <message>
        <source>Why it is left out</source>
        <translation>去掉的理由</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>收听</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>PlanCard</name>
    <message>
        <source>Plan</source>
        <translation>外访安排</translation>
    </message>
    <message>
        <source>Lead visitor</source>
        <translation>主访人员</translation>
    </message>
    <message>
        <source>Companion</source>
        <translation>陪同人员</translation>
    </message>
    <message>
        <source>Third</source>
        <translation>第三人</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>⚠ no number yet: without it the pair can&apos;t set out</source>
        <translation>⚠ 编号未填，两人不能出发</translation>
    </message>
    <message>
        <source>Authority letter</source>
        <translation>授权书</translation>
    </message>
</context>
<context>
    <name>PlanForm</name>
    <message>
        <source>Lead visitor (speaks)</source>
        <translation>主访人员（负责沟通）</translation>
    </message>
    <message>
        <source>Companion (watches and records)</source>
        <translation>陪同人员（负责记录）</translation>
    </message>
    <message>
        <source>Third (optional)</source>
        <translation>第三人（可选）</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>To</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Address to visit</source>
        <translation>外访地址</translation>
    </message>
    <message>
        <source>Authority letter, number</source>
        <translation>授权书编号</translation>
    </message>
    <message>
        <source>Open the visit: name two people</source>
        <translation>批准外访：指定两名人员</translation>
    </message>
    <message>
        <source>Plan the visit anew</source>
        <translation>重新安排</translation>
    </message>
    <message>
        <source>Open and plan</source>
        <translation>批准并安排</translation>
    </message>
    <message>
        <source>Save the new plan</source>
        <translation>保存新安排</translation>
    </message>
    <message>
        <source>Refuse…</source>
        <translation>拒绝…</translation>
    </message>
    <message>
        <source>Call off…</source>
        <translation>取消外访…</translation>
    </message>
    <message>
        <source>Why the visit is not made</source>
        <translation>不进行外访的原因</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Call off</source>
        <translation>取消外访</translation>
    </message>
    <message>
        <source>The visit is planned.</source>
        <translation>外访已安排。</translation>
    </message>
    <message>
        <source>Planned; the letter&apos;s number is still to be added.</source>
        <translation>外访已安排，授权书编号待补填。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>PlayerPanel</name>
    <message>
        <source>Position</source>
        <translation>播放位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Speed  [ ]</source>
        <translation>速度  [ ]</translation>
    </message>
    <message>
        <source>Volume  ↑ ↓</source>
        <translation>音量  ↑ ↓</translation>
    </message>
    <message>
        <source>Back 5 s</source>
        <translation>后退 5 秒</translation>
    </message>
    <message>
        <source>On 5 s</source>
        <translation>前进 5 秒</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
</context>
<context>
    <name>PreviewStep</name>
    <message>
        <source>Don&apos;t import</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>Go on: terms</source>
        <translation>下一步：委案信息</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Keep the rows</source>
        <translation>保留这些行</translation>
    </message>
    <message>
        <source>Nothing in this file can be taken over.</source>
        <translation>此文件没有可导入的内容。</translation>
    </message>
    <message>
        <source>No row can be taken over as it is. Kept, the rows can be corrected.</source>
        <translation>目前没有可直接导入的行；保留后可逐行更正。</translation>
    </message>
    <message>
        <source>Nothing was taken over yet.</source>
        <translation>尚未导入任何内容。</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前 50 行</translation>
    </message>
    <message>
        <source>Not accounts</source>
        <translation>非账户行</translation>
    </message>
    <message>
        <source>{new} new debtors</source>
        <translation>新增 {new} 人</translation>
    </message>
    <message>
        <source>{new} new debtors, {known} known</source>
        <translation>新增 {new} 人，已有 {known} 人</translation>
    </message>
    <message>
        <source>To take over</source>
        <translation>可导入</translation>
    </message>
    <message>
        <source>{count} accounts</source>
        <translation>{count} 户</translation>
    </message>
    <message>
        <source>Amount placed</source>
        <translation>委案金额</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>each with its reason below</source>
        <translation>原因见下方</translation>
    </message>
    <message>
        <source>every row could be read</source>
        <translation>每一行均可读取</translation>
    </message>
    <message>
        <source>Total row</source>
        <translation>合计行</translation>
    </message>
    <message>
        <source>the file has none</source>
        <translation>文件中没有合计行</translation>
    </message>
    <message>
        <source>the rows add up to it, to the cent</source>
        <translation>逐行相加一致，分文不差</translation>
    </message>
    <message>
        <source>the rows differ by {amount}</source>
        <translation>与逐行相加相差 {amount}</translation>
    </message>
    <message>
        <source>sum of the accounts to take over</source>
        <translation>可导入账户合计</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>There is nothing here that you need to look at.</source>
        <translation>这里没有需要查看的内容。</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>▲ not known: kept with the case as a further fact</source>
        <translation>▲ 未能识别，作为附加信息随案件保留</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>证件号码</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Placement</source>
        <translation>委案批次</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Due date</source>
        <translation>到期还款日</translation>
    </message>
    <message>
        <source>Recognised as</source>
        <translation>识别为</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>{rows} rows: {accepted} accounts, {aside} set aside, {blank} blank</source>
        <translation>共 {rows} 行：账户 {accepted}，搁置 {aside}，空行 {blank}</translation>
    </message>
    <message>
        <source>Sheet: {kind}</source>
        <translation>工作表：{kind}</translation>
    </message>
    <message>
        <source>Its figures are of the day</source>
        <translation>数据日期</translation>
    </message>
    <message>
        <source>e.g. 2026-12-31; up to its end</source>
        <translation>如 2026-12-31，截至当日终了</translation>
    </message>
    <message>
        <source>Say of which day its figures are.</source>
        <translation>请填写数据日期。</translation>
    </message>
    <message>
        <source>Newer figures</source>
        <translation>更新金额</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>{count} the same</source>
        <translation>重复 {count}</translation>
    </message>
    <message>
        <source>{count} to ask the bank</source>
        <translation>待询银行 {count}</translation>
    </message>
    <message>
        <source>{count} older</source>
        <translation>较早 {count}</translation>
    </message>
    <message>
        <source>{count} without a day</source>
        <translation>缺日期 {count}</translation>
    </message>
    <message>
        <source>On file, unchanged</source>
        <translation>在库未变</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Write the day as 2026-12-31.</source>
        <translation>日期请写成 2026-12-31。</translation>
    </message>
    <message>
        <source>Balances: {file}</source>
        <translation>余额文件：{file}</translation>
    </message>
    <message>
        <source>{count} not on file</source>
        <translation>不在库 {count}</translation>
    </message>
    <message>
        <source>The full list of its placements</source>
        <translation>本批次全量名单</translation>
    </message>
    <message>
        <source>{count} missing here</source>
        <translation>名单缺失 {count}</translation>
    </message>
</context>
<context>
    <name>QuestionsPart</name>
    <message>
        <source>{count} questions closed.</source>
        <translation>已关闭 {count} 个问题。</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>问题清单</translation>
    </message>
    <message>
        <source>Questions for the bank</source>
        <translation>发给银行的问题清单</translation>
    </message>
    <message>
        <source>{number}: {count} questions written for {bank}.</source>
        <translation>{number}：已为 {bank} 写出 {count} 个问题。</translation>
    </message>
    <message>
        <source>{count} questions answered.</source>
        <translation>已登记 {count} 个问题的答复。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>About</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Debtor or account</source>
        <translation>债务人或账户</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Sent in</source>
        <translation>所在清单</translation>
    </message>
    <message>
        <source>asked {day} by {name}</source>
        <translation>{name} 于 {day} 提出</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>{count} questions are chosen.</source>
        <translation>已选 {count} 个问题。</translation>
    </message>
    <message>
        <source>Questions for the banks, what is not sent yet first</source>
        <translation>待问银行的问题，未发送的在前</translation>
    </message>
    <message>
        <source>Answered…</source>
        <translation>已答复…</translation>
    </message>
    <message>
        <source>No longer asked</source>
        <translation>不再询问</translation>
    </message>
    <message>
        <source>Write for the bank…</source>
        <translation>生成清单…</translation>
    </message>
    <message>
        <source>What the bank answered (Enter saves)</source>
        <translation>银行的答复（回车保存）</translation>
    </message>
    <message>
        <source>Nothing is to be asked</source>
        <translation>没有待问的问题</translation>
    </message>
    <message>
        <source>What only a bank can say comes here: rows nobody knows, clashes, rows that went missing.</source>
        <translation>只有银行能答复的问题列在这里：未匹配的还款、冲突、后续文件缺失的还款。</translation>
    </message>
</context>
<context>
    <name>QueueColumn</name>
    <message>
        <source>All · {count}</source>
        <translation>全部 · {count}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Promise due</source>
        <translation>承诺到期</translation>
    </message>
    <message>
        <source>Never tried</source>
        <translation>从未联系</translation>
    </message>
    <message>
        <source>Only mine</source>
        <translation>只看我的</translation>
    </message>
    <message>
        <source>No filter</source>
        <translation>不筛选</translation>
    </message>
    <message>
        <source>From {amount}</source>
        <translation>{amount} 以上</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>By name, pinyin initials, three digits of a number, or case number.</source>
        <translation>可输入姓名、拼音首字母、号码中任意三位数字或案件编号。</translation>
    </message>
    <message>
        <source>No cases yet</source>
        <translation>还没有案件</translation>
    </message>
    <message>
        <source>The steps beside this list lead to the first call.</source>
        <translation>请按右侧步骤完成准备。</translation>
    </message>
    <message>
        <source>Nothing under this filter</source>
        <translation>此筛选下没有案件</translation>
    </message>
    <message>
        <source>Choose another class or take the filter off.</source>
        <translation>换一个类别，或取消筛选。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Today&apos;s queue</source>
        <translation>今日队列</translation>
    </message>
    <message>
        <source>Find: name, initials, digits</source>
        <translation>搜索：姓名 / 拼音首字母 / 尾号</translation>
    </message>
    <message>
        <source>Find a debtor</source>
        <translation>搜索客户</translation>
    </message>
    <message>
        <source>{left} debtors · done {done}</source>
        <translation>{left} 户 · 今日已办 {done}</translation>
    </message>
    <message>
        <source>left {left} · done {done}</source>
        <translation>还剩 {left} · 今日已办 {done}</translation>
    </message>
    <message>
        <source>Paid today: {who}</source>
        <translation>今日还款：{who}</translation>
    </message>
    <message>
        <source>Filter and order…</source>
        <translation>筛选与排序…</translation>
    </message>
    <message>
        <source>Class of the queue</source>
        <translation>队列分类</translation>
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
    <message>
        <source>Save as PDF…</source>
        <translation>保存为 PDF…</translation>
    </message>
    <message>
        <source>The sheet shows the code in clear: it belongs in a safe. A saved file is printed, then deleted from the disk.</source>
        <translation>纸页上以明文印有恢复码，请存放于保险柜。保存的文件打印后即应从磁盘删除。</translation>
    </message>
</context>
<context>
    <name>RecoveryCodeScreen</name>
    <message>
        <source>That is not this group of the code.</source>
        <translation>与恢复码的这一组不符。</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>第 {number} 组</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>恢复码</translation>
    </message>
    <message>
        <source>Sent to the printer. Fetch the sheet at once.</source>
        <translation>已发送至打印机，请立即取走纸页。</translation>
    </message>
    <message>
        <source>Save the sheet</source>
        <translation>保存恢复码纸页</translation>
    </message>
    <message>
        <source>Saved. The code stands in it in clear: print it, lock it away, and delete the file.</source>
        <translation>已保存。文件中恢复码为明文：请打印后锁好，并删除该文件。</translation>
    </message>
</context>
<context>
    <name>RehearsalPanel</name>
    <message>
        <source>Choose scripts on the left to walk them here.</source>
        <translation>在左侧选择话术，即可在此演练。</translation>
    </message>
    <message>
        <source>✕ Never say: {words}</source>
        <translation>✕ 不要说：{words}</translation>
    </message>
    <message>
        <source>Two answers are right</source>
        <translation>两项核对无误</translation>
    </message>
    <message>
        <source>The answers are wrong</source>
        <translation>核对不符</translation>
    </message>
    <message>
        <source>Somebody else answers</source>
        <translation>换成别人接听</translation>
    </message>
    <message>
        <source>It is the debtor after all</source>
        <translation>其实是本人</translation>
    </message>
    <message>
        <source>The call ends here: {outcome}</source>
        <translation>通话到此结束：{outcome}</translation>
    </message>
    <message>
        <source>So far: {outcome}</source>
        <translation>目前结果：{outcome}</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>话术</translation>
    </message>
    <message>
        <source>Invented case</source>
        <translation>虚构案件</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>演练</translation>
    </message>
</context>
<context>
    <name>ReportDetail</name>
    <message>
        <source>Rule checks</source>
        <translation>合规检查</translation>
    </message>
</context>
<context>
    <name>ReportForm</name>
    <message>
        <source>Say why the photo was taken indoors.</source>
        <translation>请说明室内拍摄的原因。</translation>
    </message>
    <message>
        <source>The report is handed in: now both sign it.</source>
        <translation>报告已提交，请两人签名。</translation>
    </message>
    <message>
        <source>Lead: {words}</source>
        <translation>主管：{words}</translation>
    </message>
    <message>
        <source>{name} began this report {time}. Continue?</source>
        <translation>{name}于{time}开始填写此报告，是否继续？</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续填写</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新填写</translation>
    </message>
    <message>
        <source>Only where the two of you saw it differently</source>
        <translation>仅在两人所见不同时填写</translation>
    </message>
    <message>
        <source>Hand in</source>
        <translation>提交报告</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>tomorrow, 11-26, …</source>
        <translation>明天、11-26 等</translation>
    </message>
    <message>
        <source>Recorder and file</source>
        <translation>记录仪编号与文件</translation>
    </message>
    <message>
        <source>Choose how the visit ended.</source>
        <translation>请选择外访结果。</translation>
    </message>
    <message>
        <source>Kept as a draft while you type; both of you sign afterwards.</source>
        <translation>填写内容自动保存为草稿，提交后由两人签名。</translation>
    </message>
    <message>
        <source>Once more: throw it away</source>
        <translation>再按一次：丢弃草稿</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{people} just wrote: {fields}. Read it, then hand in.</source>
        <translation>{people}刚填写了：{fields}。请先查看，再提交。</translation>
    </message>
    <message>
        <source>Two of you wrote here, choose first: {fields}</source>
        <translation>两人同时填写，请先选择：{fields}</translation>
    </message>
    <message>
        <source>Still open: {count} · {fields}</source>
        <translation>还缺 {count} 项：{fields}</translation>
    </message>
    <message>
        <source>Not asked for after this result, so not in the report: {fields}. Once more hands in.</source>
        <translation>按此结果无需填写、不会写入报告：{fields}。再按一次即提交。</translation>
    </message>
</context>
<context>
    <name>ReportsPart</name>
    <message>
        <source>Waiting for review</source>
        <translation>待复核报告</translation>
    </message>
    <message>
        <source>No report waits for you</source>
        <translation>没有待复核的报告</translation>
    </message>
    <message>
        <source>A report comes here once both visitors have signed it.</source>
        <translation>两名外访人员签名后，报告会显示在这里。</translation>
    </message>
</context>
<context>
    <name>RequestCard</name>
    <message>
        <source>Request</source>
        <translation>外访申请</translation>
    </message>
    <message>
        <source>Asked by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Evidence: {count}</source>
        <translation>依据：{count} 条</translation>
    </message>
    <message>
        <source>Promise of {amount} for {day} not kept</source>
        <translation>{day} 还款 {amount} 的承诺未兑现</translation>
    </message>
    <message>
        <source>None of the debtor&apos;s numbers can be called</source>
        <translation>客户没有可拨打的号码</translation>
    </message>
</context>
<context>
    <name>ResultStep</name>
    <message>
        <source>Written: {file}</source>
        <translation>已导出：{file}</translation>
    </message>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>This very file was imported before</source>
        <translation>该文件此前已导入</translation>
    </message>
    <message>
        <source>All its accounts are on file already</source>
        <translation>文件中的账户均已在库</translation>
    </message>
    <message>
        <source>{count} rows are kept to be corrected</source>
        <translation>已保留 {count} 行待更正</translation>
    </message>
    <message>
        <source>{count} accounts are in</source>
        <translation>已导入 {count} 户</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Amount placed</source>
        <translation>委案金额</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>On file already</source>
        <translation>已在库</translation>
    </message>
    <message>
        <source>Hidden columns</source>
        <translation>隐藏列</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>存档</translation>
    </message>
    <message>
        <source>byte for byte in the store, SHA-256 {sum}…</source>
        <translation>原样存入数据库，SHA-256 {sum}…</translation>
    </message>
    <message>
        <source>Yes, delete it</source>
        <translation>确认删除</translation>
    </message>
    <message>
        <source>Delete the plain file</source>
        <translation>删除明文文件</translation>
    </message>
    <message>
        <source>The plain file {file} is deleted.</source>
        <translation>明文文件 {file} 已删除。</translation>
    </message>
    <message>
        <source>Delete {file} from this computer for good?</source>
        <translation>确定从本机永久删除 {file}？</translation>
    </message>
    <message>
        <source>{file} still lies on this computer, readable by anybody. The store holds it encrypted.</source>
        <translation>{file} 仍以明文留在本机，任何人都能打开；数据库中已加密保存。</translation>
    </message>
    <message>
        <source>Next file ({count} more)</source>
        <translation>下一个文件（还有 {count} 个）</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>{count} newer figures are in</source>
        <translation>已更新 {count} 户的金额</translation>
    </message>
    <message>
        <source>Newer figures</source>
        <translation>更新金额</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Open matters ({count})</source>
        <translation>待处理事项（{count}）</translation>
    </message>
    <message>
        <source>Visit reports ({count})</source>
        <translation>外访报告（{count}）</translation>
    </message>
    <message>
        <source>Reports for the bank…</source>
        <translation>提交银行的报告…</translation>
    </message>
    <message>
        <source>To ask banks ({count})</source>
        <translation>待问银行（{count}）</translation>
    </message>
    <message>
        <source>Mandates ({count})</source>
        <translation>委托到期（{count}）</translation>
    </message>
    <message>
        <source>Banks ({count})</source>
        <translation>银行（{count}）</translation>
    </message>
    <message>
        <source>Unmatched ({count})</source>
        <translation>名单未匹配（{count}）</translation>
    </message>
    <message>
        <source>To settle ({count})</source>
        <translation>待处理还款（{count}）</translation>
    </message>
</context>
<context>
    <name>RoundView</name>
    <message>
        <source>Where to put the pack</source>
        <translation>资料包保存位置</translation>
    </message>
    <message>
        <source>Pack {number}: {count} pages. It is out until a lead ticks it off.</source>
        <translation>资料包 {number}，共 {count} 页。主管登记回收前视为在外。</translation>
    </message>
    <message>
        <source>Nobody goes on this day.</source>
        <translation>当日没有外访安排。</translation>
    </message>
    <message>
        <source>Waiting in the same districts, to be planned as spare cases:</source>
        <translation>同区域待安排、可作备选的外访：</translation>
    </message>
    <message>
        <source>Ticked off.</source>
        <translation>已登记交回。</translation>
    </message>
    <message>
        <source>Lost: the leads have it.</source>
        <translation>已登记遗失，主管已收到。</translation>
    </message>
    <message>
        <source>Rounds of the day</source>
        <translation>当日外访路线</translation>
    </message>
    <message>
        <source>Packs still out</source>
        <translation>在外的资料包</translation>
    </message>
    <message>
        <source>The day before</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>The day after</source>
        <translation>后一天</translation>
    </message>
    <message>
        <source>The stops of the rounds</source>
        <translation>外访路线各站</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>前移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>后移</translation>
    </message>
    <message>
        <source>Spare or not</source>
        <translation>备选／取消</translation>
    </message>
    <message>
        <source>Make the pack…</source>
        <translation>生成资料包…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
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
    <message>
        <source>This is the demo. Everybody&apos;s password: {password}</source>
        <translation>这是演示数据，所有人的密码都是：{password}</translation>
    </message>
</context>
<context>
    <name>ScriptCard</name>
    <message>
        <source>The script has ended: write the note, then {key} saves</source>
        <translation>话术已走完：写好备注，按 {key} 保存</translation>
    </message>
    <message>
        <source>✕ Never say: {words}</source>
        <translation>✕ 不说：{words}</translation>
    </message>
    <message>
        <source>Not dialled yet</source>
        <translation>未拨号</translation>
    </message>
    <message>
        <source>Somebody else · say nothing of the debt</source>
        <translation>第三人接听 · 不提欠款</translation>
    </message>
    <message>
        <source>Debtor · identity checked</source>
        <translation>本人 · 已核身</translation>
    </message>
    <message>
        <source>Guarantor · identity checked</source>
        <translation>担保人 · 已核身</translation>
    </message>
    <message>
        <source>Identity not checked</source>
        <translation>未核身</translation>
    </message>
    <message>
        <source>Not verified · say nothing of the debt</source>
        <translation>未能核身 · 不得提及债务</translation>
    </message>
</context>
<context>
    <name>SendBackView</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>补报</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>更正或撤回</translation>
    </message>
    <message>
        <source>Repeated</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Notes withheld</source>
        <translation>以代码代替</translation>
    </message>
    <message>
        <source>not sent before</source>
        <translation>此前未回传</translation>
    </message>
    <message>
        <source>of a time that was sent already</source>
        <translation>所属时段已回传过</translation>
    </message>
    <message>
        <source>corrected or taken back since</source>
        <translation>回传后结果已更正或撤回</translation>
    </message>
    <message>
        <source>sent before as they are</source>
        <translation>此前已原样回传</translation>
    </message>
    <message>
        <source>health or family: a code instead</source>
        <translation>涉及健康或家庭的记录原文</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Names, numbers and notes are masked here, whatever the file will hold.</source>
        <translation>此处姓名、号码和记录均已脱敏，与文件内容无关。</translation>
    </message>
    <message>
        <source>{count} more rows.</source>
        <translation>另有 {count} 行。</translation>
    </message>
    <message>
        <source>Nothing to send</source>
        <translation>没有需要回传的记录</translation>
    </message>
    <message>
        <source>The bank has everything of this placement. Give a day above to send some of it again.</source>
        <translation>该批次已全部回传。如需重发，请在上方填写日期。</translation>
    </message>
    <message>
        <source>No layout</source>
        <translation>没有模板</translation>
    </message>
    <message>
        <source>The layouts of banks lie in the folder layouts.</source>
        <translation>银行模板放在 layouts 文件夹中。</translation>
    </message>
    <message>
        <source>Nothing can be sent so</source>
        <translation>目前无法回传</translation>
    </message>
    <message>
        <source>Change what is said to be wrong.</source>
        <translation>请按提示修改。</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>What is new is looked for.</source>
        <translation>正在查找新增记录。</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>回传时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>contact records</source>
        <translation>催记</translation>
    </message>
    <message>
        <source>Contact records for the bank</source>
        <translation>催记回传</translation>
    </message>
    <message>
        <source>{number}: {count} rows written.</source>
        <translation>{number}：已写出 {count} 行。</translation>
    </message>
    <message>
        <source>Contact records for the bank: {placement}</source>
        <translation>催记回传：{placement}</translation>
    </message>
    <message>
        <source>What goes out</source>
        <translation>回传内容</translation>
    </message>
    <message>
        <source>Sent before</source>
        <translation>历次回传</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回 (Esc)</translation>
    </message>
    <message>
        <source>Empty: only what is new</source>
        <translation>留空：只回传新增</translation>
    </message>
    <message>
        <source>From day, e.g. 11-20</source>
        <translation>起始日期，如 11-20</translation>
    </message>
    <message>
        <source>To day</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>Empty: up to now</source>
        <translation>留空：截至目前</translation>
    </message>
    <message>
        <source>Release notes about health or family</source>
        <translation>放行涉及健康或家庭的记录</translation>
    </message>
    <message>
        <source>Write the file…  {key}</source>
        <translation>写出文件…  {key}</translation>
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
    <message>
        <source>Parts of the settings</source>
        <translation>设置项目</translation>
    </message>
</context>
<context>
    <name>SettlePart</name>
    <message>
        <source>{count} rows count as the bank says.</source>
        <translation>{count} 行已按银行数据计入。</translation>
    </message>
    <message>
        <source>{count} rows count for nothing here and are asked of the bank.</source>
        <translation>{count} 行不计入，列入向银行查询。</translation>
    </message>
    <message>
        <source>{count} rows were put off.</source>
        <translation>{count} 行已暂缓。</translation>
    </message>
    <message>
        <source>The row counts in {count} parts.</source>
        <translation>该行已分 {count} 部分计入。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Posted</source>
        <translation>入账日期</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Not counted</source>
        <translation>未计入</translation>
    </message>
    <message>
        <source>Debtor or account</source>
        <translation>债务人或账户</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>流水号</translation>
    </message>
    <message>
        <source>Rows: {count} · not counted: {sums}</source>
        <translation>{count} 行，未计入 {sums}</translation>
    </message>
    <message>
        <source>no account here bears this number</source>
        <translation>账户不在库中</translation>
    </message>
    <message>
        <source>put off: {why}</source>
        <translation>暂缓：{why}</translation>
    </message>
    <message>
        <source>{amount} of {day}: {allocated} counts, {beyond} does not. {why}.</source>
        <translation>{day} 入账 {amount}：已计入 {allocated}，未计入 {beyond}。{why}。</translation>
    </message>
    <message>
        <source>{bank}: {file}, line {line}</source>
        <translation>{bank}：{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>{count} rows are chosen.</source>
        <translation>已选 {count} 行。</translation>
    </message>
    <message>
        <source>Payments to settle, the surest first</source>
        <translation>待处理还款（把握大的在前）</translation>
    </message>
    <message>
        <source>Count it</source>
        <translation>计入</translation>
    </message>
    <message>
        <source>Not ours</source>
        <translation>非本机构</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>暂缓</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>拆分…</translation>
    </message>
    <message>
        <source>Which case gets how much, as in K7M-1011 300; K7M-1012 200</source>
        <translation>各案件计入多少，如 K7M-1011 300; K7M-1012 200</translation>
    </message>
    <message>
        <source>No payment waits for you</source>
        <translation>没有待处理的还款</translation>
    </message>
    <message>
        <source>What a bank says was paid comes here where it is more than is owed, or in doubt.</source>
        <translation>银行还款数据中超过欠款或存疑的行会列在这里。</translation>
    </message>
</context>
<context>
    <name>ShortFormList</name>
    <message>
        <source>{count} short forms · ↓ chooses, Enter takes it (the only one at once), Esc closes</source>
        <translation>{count} 个短语 · ↓ 选择，回车填入（只剩一个时直接回车），Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ShortFormsPart</name>
    <message>
        <source>Typed</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>展开为</translation>
    </message>
    <message>
        <source>Saved. It expands in notes from now on.</source>
        <translation>已保存，在备注中即可使用。</translation>
    </message>
    <message>
        <source>Deleted. What notes hold already stays.</source>
        <translation>已删除，已写入备注的内容不变。</translation>
    </message>
    <message>
        <source>A new short form</source>
        <translation>新短语</translation>
    </message>
    <message>
        <source>From the program</source>
        <translation>系统自带</translation>
    </message>
    <message>
        <source>The team&apos;s</source>
        <translation>团队短语</translation>
    </message>
    <message>
        <source>My short form</source>
        <translation>我的短语</translation>
    </message>
    <message>
        <source>Short forms</source>
        <translation>短语</translation>
    </message>
    <message>
        <source>Typed in the note</source>
        <translation>在备注中输入</translation>
    </message>
    <message>
        <source>/ and up to 12 Chinese or Latin letters</source>
        <translation>斜杠加最多 12 个汉字或英文字母</translation>
    </message>
    <message>
        <source>Put … where something is to be filled in. Never anybody&apos;s name or number.</source>
        <translation>需要填写处用“…”。不要写任何人的姓名或号码。</translation>
    </message>
    <message>
        <source>For the whole team</source>
        <translation>全团队可用</translation>
    </message>
    <message>
        <source>Replaces the one of this name, for me only</source>
        <translation>同名短语，仅对我替换</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>New  {key}</source>
        <translation>新建  {key}</translation>
    </message>
    <message>
        <source>Delete  {key}</source>
        <translation>删除  {key}</translation>
    </message>
    <message>
        <source>Type / in a note to see them. Your own are seen by nobody else; a lead adds the team&apos;s.</source>
        <translation>在备注中输入 / 即可查看。自己的短语他人看不到，团队短语由主管添加。</translation>
    </message>
</context>
<context>
    <name>SignCard</name>
    <message>
        <source>Signatures</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Lead visitor</source>
        <translation>主访人员</translation>
    </message>
    <message>
        <source>Companion</source>
        <translation>陪同人员</translation>
    </message>
    <message>
        <source>Third</source>
        <translation>第三人</translation>
    </message>
    <message>
        <source>Both sign exactly this content; a later change makes a new version and wants both again.</source>
        <translation>两人对当前内容签名；内容变更后生成新版本，须重新签名。</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>此项必填。</translation>
    </message>
    <message>
        <source>Signed.</source>
        <translation>已签名。</translation>
    </message>
    <message>
        <source>Signed {time}</source>
        <translation>{time} 已签名</translation>
    </message>
    <message>
        <source>Not signed yet</source>
        <translation>尚未签名</translation>
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
        <source>Open the store in a folder…</source>
        <translation>打开某个文件夹中的数据库…</translation>
    </message>
    <message>
        <source>Make a new store…</source>
        <translation>新建数据库…</translation>
    </message>
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
    <message>
        <source>Folder of the store</source>
        <translation>数据库位置</translation>
    </message>
</context>
<context>
    <name>SignRow</name>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Draw the name as well</source>
        <translation>同时手写签名</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>{name}的密码</translation>
    </message>
</context>
<context>
    <name>StandingCard</name>
    <message>
        <source>Written into the history and signed.</source>
        <translation>已签名并记入历史。</translation>
    </message>
    <message>
        <source>Is this the store to go on with?</source>
        <translation>是否继续使用此数据库？</translation>
    </message>
    <message>
        <source>Put the newer folder back if there is one: then nothing needs an answer. If it is lost, go on with this one: what was done since is given up, and your words and signature stay in the history. You yourself dial only once another lead has agreed, if there is one.</source>
        <translation>如有较新的文件夹，请放回原处，无须确认。如已丢失，可继续使用此数据库：此后的内容即放弃，您的说明和签名将永久保留在历史中。如有其他主管，须经其同意后您本人才能拨号。</translation>
    </message>
    <message>
        <source>Everything can be looked at. Nobody dials, nobody visits, until a lead has answered.</source>
        <translation>目前可以查看全部内容；在主管确认之前，不能拨号，也不能外访。</translation>
    </message>
    <message>
        <source>Why it is right to go on with this store</source>
        <translation>为何可以继续使用此数据库</translation>
    </message>
    <message>
        <source>Go on with this store</source>
        <translation>继续使用此数据库</translation>
    </message>
</context>
<context>
    <name>TaskDetail</name>
    <message>
        <source>Show the name (Ctrl+U)</source>
        <translation>显示姓名 (Ctrl+U)</translation>
    </message>
    <message>
        <source>Your reason, in your own words</source>
        <translation>处理理由（请用自己的话填写）</translation>
    </message>
    <message>
        <source>Due {time}</source>
        <translation>{time} 到期</translation>
    </message>
    <message>
        <source>What the institution&apos;s figure showed</source>
        <translation>机构数据显示</translation>
    </message>
    <message>
        <source>The note of the call</source>
        <translation>通话记录</translation>
    </message>
    <message>
        <source>Settled.</source>
        <translation>已办结。</translation>
    </message>
    <message>
        <source>Settled; the pause stays until somebody releases it.</source>
        <translation>已办结；暂停状态保留，直至有人解除。</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件号</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>当前欠款</translation>
    </message>
    <message>
        <source>Days past due</source>
        <translation>逾期天数</translation>
    </message>
    <message>
        <source>{amount} by {time}</source>
        <translation>{time} 前还款 {amount}</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>还款承诺</translation>
    </message>
    <message>
        <source>On file</source>
        <translation>案件状态</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Known as</source>
        <translation>档案记录</translation>
    </message>
    <message>
        <source>Filed by</source>
        <translation>上报人</translation>
    </message>
    <message>
        <source>The agent&apos;s words</source>
        <translation>催收员说明</translation>
    </message>
    <message>
        <source>What the debtor said</source>
        <translation>客户原话</translation>
    </message>
    <message>
        <source>Your decision</source>
        <translation>处理意见</translation>
    </message>
</context>
<context>
    <name>TasksPart</name>
    <message>
        <source>Nothing waits for a decision</source>
        <translation>没有待处理事项</translation>
    </message>
    <message>
        <source>Complaints, disputes, requests and promises further out appear here, with their time.</source>
        <translation>投诉、异议、分期申请和超期承诺会显示在这里，并注明处理期限。</translation>
    </message>
    <message>
        <source>Most urgent first</source>
        <translation>按到期先后</translation>
    </message>
</context>
<context>
    <name>TermsStep</name>
    <message>
        <source>Empty: a call says “{words}” instead.</source>
        <translation>未填：通话中改说“{words}”。</translation>
    </message>
    <message>
        <source>Enter the name of the bank.</source>
        <translation>请填写银行名称。</translation>
    </message>
    <message>
        <source>Write the day as 2026-12-31.</source>
        <translation>日期请按 2026-12-31 的格式填写。</translation>
    </message>
    <message>
        <source>Write it as 0.05, in percent; 1 at most.</source>
        <translation>按百分数填写，如0.05，最多为1。</translation>
    </message>
    <message>
        <source>Terms of placement {number}</source>
        <translation>委案批次 {number} 的信息</translation>
    </message>
    <message>
        <source>No file says this. It is asked once, said on the phone and printed in letters.</source>
        <translation>文件中没有这些信息，只需填写一次，通话和函件都会用到。</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>银行</translation>
    </message>
    <message>
        <source>Official ways to pay, one a line</source>
        <translation>官方还款方式，每行一个</translation>
    </message>
    <message>
        <source>The bank&apos;s own only.</source>
        <translation>仅限银行官方渠道。</translation>
    </message>
    <message>
        <source>Contract terms</source>
        <translation>合同约定</translation>
    </message>
    <message>
        <source>Interest and penalty as agreed; empty where you don&apos;t know.</source>
        <translation>约定的利息和违约金；不清楚可留空。</translation>
    </message>
    <message>
        <source>The bank&apos;s number for complaints</source>
        <translation>银行投诉电话</translation>
    </message>
    <message>
        <source>The bank&apos;s number to check us by</source>
        <translation>供核实的银行官方客服电话</translation>
    </message>
    <message>
        <source>Its official service line.</source>
        <translation>银行对外公布的客服电话。</translation>
    </message>
    <message>
        <source>What is owed on</source>
        <translation>欠款产品</translation>
    </message>
    <message>
        <source>As credit card or consumer loan; a file that names it goes first.</source>
        <translation>如信用卡、消费贷；文件中写明的以文件为准。</translation>
    </message>
    <message>
        <source>Interest a day, in %</source>
        <translation>日利率（%）</translation>
    </message>
    <message>
        <source>As 0.05; it explains a payment above what was owed.</source>
        <translation>如0.05；用于解释超过欠款的还款。</translation>
    </message>
    <message>
        <source>Last day of the mandate</source>
        <translation>委托到期日</translation>
    </message>
    <message>
        <source>As 2026-12-31; empty where open.</source>
        <translation>格式如 2026-12-31；未约定可留空。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Next placement</source>
        <translation>下一批次</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Offered as entered for this bank&apos;s last placement.</source>
        <translation>已按该银行上一批次的信息预填。</translation>
    </message>
    <message>
        <source>Write a number of days, as 7.</source>
        <translation>请填写天数，如 7。</translation>
    </message>
    <message>
        <source>Days after a return</source>
        <translation>退案后计入天数</translation>
    </message>
    <message>
        <source>So long payments on a case given back still count for us.</source>
        <translation>退案后这些天内入账的还款仍计入。</translation>
    </message>
    <message>
        <source>Current again once paid is</source>
        <translation>还清何项即出催</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部欠款</translation>
    </message>
    <message>
        <source>the overdue part</source>
        <translation>逾期部分</translation>
    </message>
    <message>
        <source>the minimum</source>
        <translation>最低还款额</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Hidden during this call</source>
        <translation>本次通话中已隐藏</translation>
    </message>
    <message>
        <source>Somebody else is on the line: nothing of the debt is shown.</source>
        <translation>第三人在接听，不显示任何欠款信息。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无记录</translation>
    </message>
    <message>
        <source>Calls, promises, payments and visits will stand here.</source>
        <translation>通话、承诺、还款和外访会显示在这里。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>联系记录</translation>
    </message>
</context>
<context>
    <name>ToldPanel</name>
    <message>
        <source>First: whom did you tell?</source>
        <translation>先填写：已告知何人？</translation>
    </message>
    <message>
        <source>Whom you told, how, and what they said</source>
        <translation>告知了谁、用什么方式、对方怎么说</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Write it down and dial</source>
        <translation>记下并拨号</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>离开 (Esc)</translation>
    </message>
</context>
<context>
    <name>UndoListDialog</name>
    <message>
        <source>{file}: undone.</source>
        <translation>{file}：已撤回。</translation>
    </message>
    <message>
        <source>Undo the list</source>
        <translation>撤销名单</translation>
    </message>
    <message>
        <source>{file}: what held of its cases before holds again; visits called off stay so.</source>
        <translation>{file}：各案件恢复原状；已取消的外访不恢复。</translation>
    </message>
    <message>
        <source>Why it was a mistake</source>
        <translation>为何有误</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>放弃（Esc）</translation>
    </message>
</context>
<context>
    <name>UndoPlacementDialog</name>
    <message>
        <source>{file}: undone.</source>
        <translation>{file}：已撤回。</translation>
    </message>
    <message>
        <source>Looking at what was done with its cases…</source>
        <translation>正在查看其案件的后续作业…</translation>
    </message>
    <message>
        <source>{file} counts for nothing any more.</source>
        <translation>{file} 已不再计入。</translation>
    </message>
    <message>
        <source>{file} brought {accepted} accounts and {refreshed} newer figures. Since then its cases were worked on: it can&apos;t be undone.</source>
        <translation>{file} 带来 {accepted} 户账户、{refreshed} 户更新金额。之后已有人据此作业，无法撤销。</translation>
    </message>
    <message>
        <source>{file} brought {accepted} accounts and {refreshed} newer figures; nobody has worked on them. Undone, it is as if it had never come: its accounts leave, earlier figures hold again. The history keeps both.</source>
        <translation>{file} 带来 {accepted} 户账户、{refreshed} 户更新金额，尚无人据此作业。撤销后视同未导入：新账户移出，恢复此前金额；导入与撤销均留存在历史中。</translation>
    </message>
    <message>
        <source>What</source>
        <translation>事项</translation>
    </message>
    <message>
        <source>Case or file</source>
        <translation>案件或文件</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Take a file of cases or balances out again</source>
        <translation>撤销委案或余额文件</translation>
    </message>
    <message>
        <source>Undo it</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ViewerFoot</name>
    <message>
        <source>Before</source>
        <translation>上一份</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一份</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Without boxes</source>
        <translation>查看遮盖前</translation>
    </message>
    <message>
        <source>Hide parts…</source>
        <translation>遮盖…</translation>
    </message>
    <message>
        <source>Save a copy…</source>
        <translation>另存原件…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>New box</source>
        <translation>新遮盖框</translation>
    </message>
    <message>
        <source>Next box</source>
        <translation>下一个框</translation>
    </message>
    <message>
        <source>Take off</source>
        <translation>去掉</translation>
    </message>
    <message>
        <source>Hide these parts</source>
        <translation>遮盖这些部分</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Draw boxes over faces, plates and door numbers. Arrows move the box, Shift+arrows size it.</source>
        <translation>在人脸、车牌、门牌号上画框遮盖。方向键移动，Shift+方向键调整大小。</translation>
    </message>
</context>
<context>
    <name>VisitAsk</name>
    <message>
        <source>Ask for a field visit</source>
        <translation>申请外访</translation>
    </message>
    <message>
        <source>What for</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Why, in your own words</source>
        <translation>理由（用自己的话写）</translation>
    </message>
    <message>
        <source>Failed calls and broken promises go along as evidence. A lead decides and names two people.</source>
        <translation>未接通的通话和未兑现的承诺会作为依据一并提交。由主管决定并指派两人。</translation>
    </message>
    <message>
        <source>Ask for the visit</source>
        <translation>提交申请</translation>
    </message>
    <message>
        <source>Leave (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
</context>
<context>
    <name>VisitColumn</name>
    <message>
        <source>{count} visits, {overdue} overdue</source>
        <translation>共 {count} 次外访，{overdue} 次逾期</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>外访</translation>
    </message>
    <message>
        <source>Which visits</source>
        <translation>显示哪些外访</translation>
    </message>
    <message>
        <source>My turn</source>
        <translation>待我处理</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>No visit here</source>
        <translation>这里没有外访</translation>
    </message>
    <message>
        <source>Choose another list above, or ask for a visit from a case after the calls have failed.</source>
        <translation>可在上方切换列表；电话联系未果后，可从案件中申请外访。</translation>
    </message>
</context>
<context>
    <name>VisitDetail</name>
    <message>
        <source>Accepted by {name}: {words}</source>
        <translation>{name}已通过：{words}</translation>
    </message>
    <message>
        <source>Rule checks</source>
        <translation>合规检查</translation>
    </message>
    <message>
        <source>Sent back by {name}</source>
        <translation>{name}已退回</translation>
    </message>
    <message>
        <source>Nothing to do here for you</source>
        <translation>当前无需您处理</translation>
    </message>
    <message>
        <source>Ask for nothing: take your leave politely and go.</source>
        <translation>不再提及欠款，礼貌告辞并离开。</translation>
    </message>
    <message>
        <source>Write it down</source>
        <translation>填写经过</translation>
    </message>
</context>
<context>
    <name>VisitFields</name>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>How the visit ended</source>
        <translation>外访结果</translation>
    </message>
    <message>
        <source>Why, or what was found</source>
        <translation>原因或现场情况</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Set out</source>
        <translation>出发</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到达</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>There the whole time</source>
        <translation>全程在场人员</translation>
    </message>
    <message>
        <source>Recording kept where</source>
        <translation>录音录像存放处</translation>
    </message>
    <message>
        <source>The address is</source>
        <translation>地址核实</translation>
    </message>
    <message>
        <source>New address</source>
        <translation>新地址</translation>
    </message>
    <message>
        <source>Who was met</source>
        <translation>见到何人</translation>
    </message>
    <message>
        <source>Who it was, in words</source>
        <translation>人员说明</translation>
    </message>
    <message>
        <source>Identified how</source>
        <translation>身份核实方式</translation>
    </message>
    <message>
        <source>Was the debt spoken of?</source>
        <translation>是否谈及债务</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>入内情况</translation>
    </message>
    <message>
        <source>Consent to enter given how</source>
        <translation>同意入内的方式</translation>
    </message>
    <message>
        <source>Consent recorded where</source>
        <translation>同意记录在何处</translation>
    </message>
    <message>
        <source>Minutes inside</source>
        <translation>室内停留（分钟）</translation>
    </message>
    <message>
        <source>Why longer than 20 minutes</source>
        <translation>超过20分钟的原因</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>谈话内容</translation>
    </message>
    <message>
        <source>Reason for the arrears</source>
        <translation>逾期原因</translation>
    </message>
    <message>
        <source>What was agreed</source>
        <translation>约定事项</translation>
    </message>
    <message>
        <source>Amount promised</source>
        <translation>承诺金额</translation>
    </message>
    <message>
        <source>To be paid on</source>
        <translation>还款日期</translation>
    </message>
    <message>
        <source>Way to pay</source>
        <translation>还款方式</translation>
    </message>
    <message>
        <source>The agreement in words</source>
        <translation>约定内容</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>送达物品</translation>
    </message>
    <message>
        <source>Anything unusual</source>
        <translation>异常情况</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Next step on</source>
        <translation>下一步日期</translation>
    </message>
    <message>
        <source>Own statement</source>
        <translation>本人补充说明</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>证据材料</translation>
    </message>
    <message>
        <source>Outcome and times</source>
        <translation>结果与时间</translation>
    </message>
    <message>
        <source>Team and address</source>
        <translation>人员与地址</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>入内</translation>
    </message>
    <message>
        <source>The talk</source>
        <translation>谈话</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>后续</translation>
    </message>
</context>
<context>
    <name>VisitHead</name>
    <message>
        <source>Show the name (Ctrl+U)</source>
        <translation>显示姓名 (Ctrl+U)</translation>
    </message>
    <message>
        <source>The report as PDF</source>
        <translation>查看报告 PDF</translation>
    </message>
    <message>
        <source>Incident…</source>
        <translation>突发事件…</translation>
    </message>
</context>
<context>
    <name>VisitsPage</name>
    <message>
        <source>Rounds of the day</source>
        <translation>当日外访路线</translation>
    </message>
    <message>
        <source>Choose a visit on the left</source>
        <translation>请在左侧选择一次外访</translation>
    </message>
    <message>
        <source>Requests wait for a lead, planned visits for their pair, reports for both signatures.</source>
        <translation>申请待主管审批，已安排的外访待两人执行，报告待两人签名。</translation>
    </message>
</context>
<context>
    <name>WaitingLog</name>
    <message>
        <source>The log begins with the call</source>
        <translation>拨号后开始登记</translation>
    </message>
    <message>
        <source>D shows the number and dials. Is the debtor calling back? I begins without dialling.</source>
        <translation>按 D 显示号码并拨打；客户来电按 I，不拨号直接开始。</translation>
    </message>
    <message>
        <source>Show the number and dial  {key}</source>
        <translation>显示号码并拨打  {key}</translation>
    </message>
    <message>
        <source>No number may be called now</source>
        <translation>现在没有可拨的号码</translation>
    </message>
    <message>
        <source>Each number says why and when again. Enter opens the next case; I if the debtor calls.</source>
        <translation>每个号码下方写明原因和可拨时间。回车打开下一件；客户来电按 I。</translation>
    </message>
    <message>
        <source>Set for {when}  {key}</source>
        <translation>{when} 再拨  {key}</translation>
    </message>
    <message>
        <source>A new number</source>
        <translation>登记新号码</translation>
    </message>
    <message>
        <source>Ask for a field visit</source>
        <translation>申请外访</translation>
    </message>
    <message>
        <source>Put it before the lead</source>
        <translation>交主管处理</translation>
    </message>
    <message>
        <source>Waiting changes nothing here. I if the debtor calls; Enter opens the next case.</source>
        <translation>等待不会使情况改变。客户来电按 I；回车打开下一件。</translation>
    </message>
    <message>
        <source>{key} takes the next number that may be called.</source>
        <translation>按 {key} 换下一个可拨的号码。</translation>
    </message>
    <message>
        <source>This number may not be called now</source>
        <translation>这个号码现在不能拨</translation>
    </message>
</context>
<context>
    <name>WayCard</name>
    <message>
        <source>On the way: one tap each</source>
        <translation>外访途中：每步点一下</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>请选择…</translation>
    </message>
    <message>
        <source>Consent to enter given how</source>
        <translation>同意入内的方式</translation>
    </message>
    <message>
        <source>Consent recorded where</source>
        <translation>同意记录在何处</translation>
    </message>
    <message>
        <source>Break off…</source>
        <translation>终止外访…</translation>
    </message>
    <message>
        <source>Why the visit is broken off</source>
        <translation>终止外访的原因</translation>
    </message>
    <message>
        <source>Break off now</source>
        <translation>立即终止</translation>
    </message>
    <message>
        <source>Leave now: {minutes} minutes inside</source>
        <translation>请立即离开：室内已 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Inside {minutes} min, {left} left</source>
        <translation>室内 {minutes} 分钟，还剩 {left} 分钟</translation>
    </message>
    <message>
        <source>Who is here</source>
        <translation>到场人员</translation>
    </message>
    <message>
        <source>In only with a consent that can be shown.</source>
        <translation>须取得可证明的同意后方可入内。</translation>
    </message>
    <message>
        <source>The hours end: be away by {time}.</source>
        <translation>允许时段即将结束，请在 {time} 前离开。</translation>
    </message>
</context>
<context>
    <name>WithdrawalDialog</name>
    <message>
        <source>{file}: undone.</source>
        <translation>{file}：已撤回。</translation>
    </message>
    <message>
        <source>{file}: withdrawn.</source>
        <translation>{file}：已撤销。</translation>
    </message>
    <message>
        <source>{file}, {rows} rows of {bank}: since it came in {calls} calls were made and {more} things decided on its figures. Withdrawn, its rows count for nothing and all is worked out anew.</source>
        <translation>{file}，{bank}，{rows} 行：导入后据此通话 {calls} 次，其他处理 {more} 项。撤销后各行不再计入，全部重新计算。</translation>
    </message>
    <message>
        <source>{file}, {rows} rows of {bank}: nobody has acted on it. Undone, it is as if it had never come.</source>
        <translation>{file}，{bank}，{rows} 行：尚无人据此作业。撤回后视同未导入。</translation>
    </message>
    <message>
        <source>Withdraw it</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo it</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>At</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Take a payment file out again</source>
        <translation>撤销还款文件</translation>
    </message>
    <message>
        <source>Why it is withdrawn, e.g. the bank&apos;s letter (a lead)</source>
        <translation>撤销原因，如银行来函（主管）</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{file} counts for nothing any more. Calls made on its figures: {calls}. Promises it decided are decided anew; about accounts closed on it a lead is asked in Review.</source>
        <translation>{file} 已不再计入。据其数据通话 {calls} 次。由其认定的承诺重新认定；据此结案的账户已列入“复核”，由主管确认。</translation>
    </message>
    <message>
        <source>Outcome, or what leans on it</source>
        <translation>结果或依据事项</translation>
    </message>
    <message>
        <source>Calls made on its figures, and what was decided by its rows</source>
        <translation>据其数据的通话和处理</translation>
    </message>
</context>
<context>
    <name>WordsPanel</name>
    <message>
        <source>With the debtor</source>
        <translation>本人在线</translation>
    </message>
    <message>
        <source>With somebody else</source>
        <translation>他人接听</translation>
    </message>
    <message>
        <source>The debtor, quoted</source>
        <translation>引用本人原话</translation>
    </message>
    <message>
        <source>Somebody else, quoted</source>
        <translation>引用他人原话</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Mend the faults first, then it can be tried here.</source>
        <translation>请先改正错误，然后可在此试用。</translation>
    </message>
    <message>
        <source>Type a sentence: what this version underlines in a note, and what it blocks.</source>
        <translation>输入一句话，看这个版本在备注中会标出什么、拦下什么。</translation>
    </message>
    <message>
        <source>Type a short form, as in a note: / shows all of this version.</source>
        <translation>像在备注中一样输入短语，输入 / 可看这个版本的全部短语。</translation>
    </message>
    <message>
        <source>Type what a debtor may say: the answers this version finds.</source>
        <translation>输入债务人可能说的话，看这个版本找到哪些应答。</translation>
    </message>
    <message>
        <source>No answer fits these words.</source>
        <translation>没有合适的应答。</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>拦下</translation>
    </message>
    <message>
        <source>underlined</source>
        <translation>标出</translation>
    </message>
    <message>
        <source>free</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Type here</source>
        <translation>在此输入</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>按谁判断</translation>
    </message>
</context>
<context>
    <name>WordsPreview</name>
    <message>
        <source>Don&apos;t import</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>Take the list in</source>
        <translation>导入名单</translation>
    </message>
    <message>
        <source>What the bank says of cases: {file}</source>
        <translation>银行案件名单：{file}</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>It holds at once: promises on recalled cases are void, visits are called off.</source>
        <translation>导入后立即生效：撤案案件的承诺作废、外访取消。</translation>
    </message>
    <message>
        <source>It holds at once, also for a call under way.</source>
        <translation>导入后立即生效，正在进行的通话也会收到提示。</translation>
    </message>
    <message>
        <source>back to the bank</source>
        <translation>退回银行</translation>
    </message>
    <message>
        <source>{lifted} may go on</source>
        <translation>另有 {lifted} 件恢复催收</translation>
    </message>
    <message>
        <source>{refused} may not</source>
        <translation>另有 {refused} 件不留案</translation>
    </message>
    <message>
        <source>Unmatched</source>
        <translation>未匹配</translation>
    </message>
    <message>
        <source>no case of ours, or several</source>
        <translation>无对应案件或对应多件</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Without effect</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>each with its reason below</source>
        <translation>原因见下方</translation>
    </message>
    <message>
        <source>Nothing to tell</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>There is nothing here that you need to look at.</source>
        <translation>这里没有需要查看的内容。</translation>
    </message>
    <message>
        <source>▲ not read</source>
        <translation>▲ 未读取</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户号</translation>
    </message>
    <message>
        <source>What the bank says</source>
        <translation>银行意见</translation>
    </message>
    <message>
        <source>From</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stays until</source>
        <translation>留案至</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>WordsResult</name>
    <message>
        <source>Undone: what held before holds again.</source>
        <translation>已撤销，恢复原状。</translation>
    </message>
    <message>
        <source>Export findings…</source>
        <translation>导出核对结果…</translation>
    </message>
    <message>
        <source>Undo the list</source>
        <translation>撤销名单</translation>
    </message>
    <message>
        <source>This very file was imported before</source>
        <translation>该文件此前已导入</translation>
    </message>
    <message>
        <source>What the bank says holds for {count} cases</source>
        <translation>名单已生效：{count} 个案件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Without effect</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Unmatched</source>
        <translation>未匹配</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>搁置</translation>
    </message>
    <message>
        <source>Hidden columns</source>
        <translation>隐藏列</translation>
    </message>
    <message>
        <source>Next file ({count} more)</source>
        <translation>下一个文件（还有 {count} 个）</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>WorkActs</name>
    <message>
        <source>Rule: {rule}</source>
        <translation>依据：{rule}</translation>
    </message>
    <message>
        <source>Enter opens the next case.</source>
        <translation>回车处理下一件。</translation>
    </message>
    <message>
        <source>Set for {when}  {key}</source>
        <translation>{when} 再拨  {key}</translation>
    </message>
    <message>
        <source>Next case (Enter)</source>
        <translation>下一件（回车）</translation>
    </message>
    <message>
        <source>{name} comes up again {when}</source>
        <translation>{name}：{when} 再拨</translation>
    </message>
    <message>
        <source>Wrong number? It will not be called again.</source>
        <translation>确认是错号？此号码以后不再拨打。</translation>
    </message>
    <message>
        <source>W once more saves it, Esc goes back.</source>
        <translation>再按一次 W 保存，Esc 返回。</translation>
    </message>
    <message>
        <source>Wrong number (W)</source>
        <translation>确认错号（W）</translation>
    </message>
    <message>
        <source>Ctrl+Enter once more saves it all the same.</source>
        <translation>再按一次 Ctrl+Enter 仍然保存。</translation>
    </message>
    <message>
        <source>Saved: {name} {outcome} · Ctrl+Z takes it back</source>
        <translation>已保存：{name} {outcome} · Ctrl+Z 撤回</translation>
    </message>
    <message>
        <source>The attempt still counts. Ctrl+Enter saves it anew.</source>
        <translation>本次拨打仍计入次数。按 Ctrl+Enter 重新保存。</translation>
    </message>
    <message>
        <source>Answer what they ask, and ask for nothing.</source>
        <translation>只答客户所问，不谈还款。</translation>
    </message>
    <message>
        <source>Somebody answered: {outcome} can&apos;t be logged by its key any more.</source>
        <translation>已经有人接听：不能再用单键记“{outcome}”。</translation>
    </message>
    <message>
        <source>{back} goes back to the first step, {outcome} chooses the outcome.</source>
        <translation>按 {back} 退回第一步，或按 {outcome} 选择结果。</translation>
    </message>
    <message>
        <source>Taken back: outcome and note are as they were. Change what was wrong.</source>
        <translation>已撤回：结果和备注都还在，改正有误的部分即可。</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>Continue (Enter)</source>
        <translation>继续（回车）</translation>
    </message>
</context>
<context>
    <name>WorkshopPage</name>
    <message>
        <source>Rehearse</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>应答效果</translation>
    </message>
    <message>
        <source>Packs</source>
        <translation>话术与规则包</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>返回（Esc）</translation>
    </message>
</context>
</TS>
