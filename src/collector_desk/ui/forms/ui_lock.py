# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'lock.ui'
##
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QPushButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

from collector_desk.ui.widgets import (CardFrame, DimText, ErrorText, LinkButton,
    Logo, PasswordField, TitleText)

class Ui_LockForm(object):
    def setupUi(self, LockForm):
        if not LockForm.objectName():
            LockForm.setObjectName(u"LockForm")
        self.layout_14 = QVBoxLayout(LockForm)
        self.layout_14.setSpacing(0)
        self.layout_14.setObjectName(u"layout_14")
        self.layout_14.setContentsMargins(0, 0, 0, 0)
        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_14.addItem(self.space_1)

        self.layout_12 = QHBoxLayout()
        self.layout_12.setObjectName(u"layout_12")
        self.space_2 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_12.addItem(self.space_2)

        self.card = CardFrame(LockForm)
        self.card.setObjectName(u"card")
        self.card.setMinimumSize(QSize(420, 0))
        self.card.setMaximumSize(QSize(420, 16777215))
        self.layout_10 = QVBoxLayout(self.card)
        self.layout_10.setSpacing(8)
        self.layout_10.setObjectName(u"layout_10")
        self.layout_10.setContentsMargins(32, 28, 32, 20)
        self.layout_5 = QHBoxLayout()
        self.layout_5.setSpacing(12)
        self.layout_5.setObjectName(u"layout_5")
        self.logo = Logo(self.card)
        self.logo.setObjectName(u"logo")
        self.logo.setMinimumSize(QSize(44, 44))

        self.layout_5.addWidget(self.logo)

        self.layout_3 = QVBoxLayout()
        self.layout_3.setSpacing(0)
        self.layout_3.setObjectName(u"layout_3")
        self.title = TitleText(self.card)
        self.title.setObjectName(u"title")

        self.layout_3.addWidget(self.title)

        self.who_text = DimText(self.card)
        self.who_text.setObjectName(u"who_text")

        self.layout_3.addWidget(self.who_text)


        self.layout_5.addLayout(self.layout_3)

        self.space_4 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_5.addItem(self.space_4)


        self.layout_10.addLayout(self.layout_5)

        self.space_6 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_10.addItem(self.space_6)

        self.layout_7 = QVBoxLayout()
        self.layout_7.setSpacing(3)
        self.layout_7.setObjectName(u"layout_7")
        self.password_label = DimText(self.card)
        self.password_label.setObjectName(u"password_label")

        self.layout_7.addWidget(self.password_label)

        self.password = PasswordField(self.card)
        self.password.setObjectName(u"password")

        self.layout_7.addWidget(self.password)

        self.password_error = ErrorText(self.card)
        self.password_error.setObjectName(u"password_error")

        self.layout_7.addWidget(self.password_error)

        self.demo_text = DimText(self.card)
        self.demo_text.setObjectName(u"demo_text")

        self.layout_7.addWidget(self.demo_text)


        self.layout_10.addLayout(self.layout_7)

        self.unlock_button = QPushButton(self.card)
        self.unlock_button.setObjectName(u"unlock_button")
        self.unlock_button.setAutoDefault(True)

        self.layout_10.addWidget(self.unlock_button)

        self.layout_9 = QHBoxLayout()
        self.layout_9.setObjectName(u"layout_9")
        self.space_8 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_9.addItem(self.space_8)

        self.switch_button = LinkButton(self.card)
        self.switch_button.setObjectName(u"switch_button")

        self.layout_9.addWidget(self.switch_button)


        self.layout_10.addLayout(self.layout_9)


        self.layout_12.addWidget(self.card)

        self.space_11 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_12.addItem(self.space_11)


        self.layout_14.addLayout(self.layout_12)

        self.space_13 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_14.addItem(self.space_13)

#if QT_CONFIG(shortcut)
        self.password_label.setBuddy(self.password)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(LockForm)

        self.unlock_button.setDefault(True)


        QMetaObject.connectSlotsByName(LockForm)
    # setupUi

    def retranslateUi(self, LockForm):
        self.title.setText(QCoreApplication.translate("LockForm", u"Locked", None))
        self.password_label.setText(QCoreApplication.translate("LockForm", u"Password", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("LockForm", u"Password", None))
#endif // QT_CONFIG(accessibility)
        self.unlock_button.setText(QCoreApplication.translate("LockForm", u"Unlock", None))
        self.switch_button.setText(QCoreApplication.translate("LockForm", u"Somebody else signs in", None))
        pass
    # retranslateUi

