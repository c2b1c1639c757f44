# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'sign_in.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QHBoxLayout, QPushButton,
    QSizePolicy, QSpacerItem, QVBoxLayout, QWidget)

from collector_desk.ui.widgets import (CardFrame, DimText, ErrorText, LinkButton,
    Logo, PasswordField, TitleText)

class Ui_SignInForm(object):
    def setupUi(self, SignInForm):
        if not SignInForm.objectName():
            SignInForm.setObjectName(u"SignInForm")
        self.layout_18 = QVBoxLayout(SignInForm)
        self.layout_18.setSpacing(0)
        self.layout_18.setObjectName(u"layout_18")
        self.layout_18.setContentsMargins(0, 0, 0, 0)
        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_18.addItem(self.space_1)

        self.layout_14 = QHBoxLayout()
        self.layout_14.setObjectName(u"layout_14")
        self.space_2 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_14.addItem(self.space_2)

        self.card = CardFrame(SignInForm)
        self.card.setObjectName(u"card")
        self.card.setMinimumSize(QSize(420, 0))
        self.card.setMaximumSize(QSize(420, 16777215))
        self.layout_12 = QVBoxLayout(self.card)
        self.layout_12.setSpacing(8)
        self.layout_12.setObjectName(u"layout_12")
        self.layout_12.setContentsMargins(32, 28, 32, 20)
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

        self.store_text = DimText(self.card)
        self.store_text.setObjectName(u"store_text")

        self.layout_3.addWidget(self.store_text)


        self.layout_5.addLayout(self.layout_3)

        self.space_4 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_5.addItem(self.space_4)


        self.layout_12.addLayout(self.layout_5)

        self.space_6 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_12.addItem(self.space_6)

        self.layout_7 = QVBoxLayout()
        self.layout_7.setSpacing(3)
        self.layout_7.setObjectName(u"layout_7")
        self.person_label = DimText(self.card)
        self.person_label.setObjectName(u"person_label")

        self.layout_7.addWidget(self.person_label)

        self.person = QComboBox(self.card)
        self.person.setObjectName(u"person")

        self.layout_7.addWidget(self.person)


        self.layout_12.addLayout(self.layout_7)

        self.layout_8 = QVBoxLayout()
        self.layout_8.setSpacing(3)
        self.layout_8.setObjectName(u"layout_8")
        self.password_label = DimText(self.card)
        self.password_label.setObjectName(u"password_label")

        self.layout_8.addWidget(self.password_label)

        self.password = PasswordField(self.card)
        self.password.setObjectName(u"password")

        self.layout_8.addWidget(self.password)

        self.password_error = ErrorText(self.card)
        self.password_error.setObjectName(u"password_error")

        self.layout_8.addWidget(self.password_error)

        self.demo_text = DimText(self.card)
        self.demo_text.setObjectName(u"demo_text")

        self.layout_8.addWidget(self.demo_text)


        self.layout_12.addLayout(self.layout_8)

        self.sign_in_button = QPushButton(self.card)
        self.sign_in_button.setObjectName(u"sign_in_button")
        self.sign_in_button.setAutoDefault(True)

        self.layout_12.addWidget(self.sign_in_button)

        self.space_9 = QSpacerItem(10, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_12.addItem(self.space_9)

        self.layout_11 = QHBoxLayout()
        self.layout_11.setSpacing(4)
        self.layout_11.setObjectName(u"layout_11")
        self.forgot_button = LinkButton(self.card)
        self.forgot_button.setObjectName(u"forgot_button")

        self.layout_11.addWidget(self.forgot_button)

        self.space_10 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_11.addItem(self.space_10)

        self.other_button = LinkButton(self.card)
        self.other_button.setObjectName(u"other_button")

        self.layout_11.addWidget(self.other_button)


        self.layout_12.addLayout(self.layout_11)


        self.layout_14.addWidget(self.card)

        self.space_13 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_14.addItem(self.space_13)


        self.layout_18.addLayout(self.layout_14)

        self.space_15 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_18.addItem(self.space_15)

        self.layout_17 = QHBoxLayout()
        self.layout_17.setSpacing(8)
        self.layout_17.setObjectName(u"layout_17")
        self.layout_17.setContentsMargins(20, 8, 20, 12)
        self.theme_button = LinkButton(SignInForm)
        self.theme_button.setObjectName(u"theme_button")

        self.layout_17.addWidget(self.theme_button)

        self.language_button = LinkButton(SignInForm)
        self.language_button.setObjectName(u"language_button")

        self.layout_17.addWidget(self.language_button)

        self.space_16 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_17.addItem(self.space_16)

        self.version_text = DimText(SignInForm)
        self.version_text.setObjectName(u"version_text")

        self.layout_17.addWidget(self.version_text)


        self.layout_18.addLayout(self.layout_17)

#if QT_CONFIG(shortcut)
        self.person_label.setBuddy(self.person)
        self.password_label.setBuddy(self.password)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(SignInForm)

        self.sign_in_button.setDefault(True)


        QMetaObject.connectSlotsByName(SignInForm)
    # setupUi

    def retranslateUi(self, SignInForm):
        self.title.setText(QCoreApplication.translate("SignInForm", u"Collector Desk", None))
        self.person_label.setText(QCoreApplication.translate("SignInForm", u"Who are you?", None))
#if QT_CONFIG(accessibility)
        self.person.setAccessibleName(QCoreApplication.translate("SignInForm", u"Who are you?", None))
#endif // QT_CONFIG(accessibility)
        self.password_label.setText(QCoreApplication.translate("SignInForm", u"Password", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("SignInForm", u"Password", None))
#endif // QT_CONFIG(accessibility)
        self.sign_in_button.setText(QCoreApplication.translate("SignInForm", u"Sign in", None))
        self.forgot_button.setText(QCoreApplication.translate("SignInForm", u"Forgot the password", None))
        self.other_button.setText(QCoreApplication.translate("SignInForm", u"Other store\u2026", None))
        self.theme_button.setText(QCoreApplication.translate("SignInForm", u"Dark", None))
        self.language_button.setText(QCoreApplication.translate("SignInForm", u"\u4e2d\u6587", None))
        pass
    # retranslateUi

