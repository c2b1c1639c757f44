# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'first_start.ui'
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
from PySide6.QtWidgets import (QApplication, QGridLayout, QHBoxLayout, QLineEdit,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from collector_desk.ui.widgets import (BodyText, CardFrame, DimText, ErrorText,
    HeadText, LinkButton, Logo, PasswordField,
    TitleText)

class Ui_FirstStartForm(object):
    def setupUi(self, FirstStartForm):
        if not FirstStartForm.objectName():
            FirstStartForm.setObjectName(u"FirstStartForm")
        self.layout_30 = QVBoxLayout(FirstStartForm)
        self.layout_30.setSpacing(0)
        self.layout_30.setObjectName(u"layout_30")
        self.layout_30.setContentsMargins(0, 0, 0, 0)
        self.layout_27 = QHBoxLayout()
        self.layout_27.setObjectName(u"layout_27")
        self.layout_27.setContentsMargins(24, 12, 24, 0)
        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_27.addItem(self.space_1)

        self.layout_25 = QVBoxLayout()
        self.layout_25.setSpacing(6)
        self.layout_25.setObjectName(u"layout_25")
        self.space_2 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_25.addItem(self.space_2)

        self.layout_5 = QHBoxLayout()
        self.layout_5.setSpacing(12)
        self.layout_5.setObjectName(u"layout_5")
        self.logo = Logo(FirstStartForm)
        self.logo.setObjectName(u"logo")
        self.logo.setMinimumSize(QSize(44, 44))

        self.layout_5.addWidget(self.logo)

        self.layout_3 = QVBoxLayout()
        self.layout_3.setSpacing(1)
        self.layout_3.setObjectName(u"layout_3")
        self.title = TitleText(FirstStartForm)
        self.title.setObjectName(u"title")

        self.layout_3.addWidget(self.title)

        self.subtitle = DimText(FirstStartForm)
        self.subtitle.setObjectName(u"subtitle")

        self.layout_3.addWidget(self.subtitle)


        self.layout_5.addLayout(self.layout_3)

        self.space_4 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_5.addItem(self.space_4)


        self.layout_25.addLayout(self.layout_5)

        self.space_6 = QSpacerItem(10, 6, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_25.addItem(self.space_6)

        self.layout_23 = QHBoxLayout()
        self.layout_23.setSpacing(12)
        self.layout_23.setObjectName(u"layout_23")
        self.card = CardFrame(FirstStartForm)
        self.card.setObjectName(u"card")
        self.layout_20 = QVBoxLayout(self.card)
        self.layout_20.setSpacing(8)
        self.layout_20.setObjectName(u"layout_20")
        self.layout_20.setContentsMargins(24, 18, 24, 18)
        self.you_head = HeadText(self.card)
        self.you_head.setObjectName(u"you_head")

        self.layout_20.addWidget(self.you_head)

        self.layout_10 = QGridLayout()
        self.layout_10.setSpacing(8)
        self.layout_10.setObjectName(u"layout_10")
        self.layout_7 = QVBoxLayout()
        self.layout_7.setSpacing(3)
        self.layout_7.setObjectName(u"layout_7")
        self.person_label = DimText(self.card)
        self.person_label.setObjectName(u"person_label")

        self.layout_7.addWidget(self.person_label)

        self.person = QLineEdit(self.card)
        self.person.setObjectName(u"person")

        self.layout_7.addWidget(self.person)

        self.person_error = ErrorText(self.card)
        self.person_error.setObjectName(u"person_error")

        self.layout_7.addWidget(self.person_error)


        self.layout_10.addLayout(self.layout_7, 0, 0, 1, 2)

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


        self.layout_10.addLayout(self.layout_8, 1, 0, 1, 1)

        self.layout_9 = QVBoxLayout()
        self.layout_9.setSpacing(3)
        self.layout_9.setObjectName(u"layout_9")
        self.password_again_label = DimText(self.card)
        self.password_again_label.setObjectName(u"password_again_label")

        self.layout_9.addWidget(self.password_again_label)

        self.password_again = PasswordField(self.card)
        self.password_again.setObjectName(u"password_again")

        self.layout_9.addWidget(self.password_again)

        self.password_again_error = ErrorText(self.card)
        self.password_again_error.setObjectName(u"password_again_error")

        self.layout_9.addWidget(self.password_again_error)


        self.layout_10.addLayout(self.layout_9, 1, 1, 1, 1)


        self.layout_20.addLayout(self.layout_10)

        self.agency_head = HeadText(self.card)
        self.agency_head.setObjectName(u"agency_head")

        self.layout_20.addWidget(self.agency_head)

        self.layout_15 = QGridLayout()
        self.layout_15.setSpacing(8)
        self.layout_15.setObjectName(u"layout_15")
        self.layout_11 = QVBoxLayout()
        self.layout_11.setSpacing(3)
        self.layout_11.setObjectName(u"layout_11")
        self.agency_label = DimText(self.card)
        self.agency_label.setObjectName(u"agency_label")

        self.layout_11.addWidget(self.agency_label)

        self.agency = QLineEdit(self.card)
        self.agency.setObjectName(u"agency")

        self.layout_11.addWidget(self.agency)

        self.agency_error = ErrorText(self.card)
        self.agency_error.setObjectName(u"agency_error")

        self.layout_11.addWidget(self.agency_error)


        self.layout_15.addLayout(self.layout_11, 0, 0, 1, 1)

        self.layout_12 = QVBoxLayout()
        self.layout_12.setSpacing(3)
        self.layout_12.setObjectName(u"layout_12")
        self.neutral_name_label = DimText(self.card)
        self.neutral_name_label.setObjectName(u"neutral_name_label")

        self.layout_12.addWidget(self.neutral_name_label)

        self.neutral_name = QLineEdit(self.card)
        self.neutral_name.setObjectName(u"neutral_name")

        self.layout_12.addWidget(self.neutral_name)

        self.neutral_name_error = ErrorText(self.card)
        self.neutral_name_error.setObjectName(u"neutral_name_error")

        self.layout_12.addWidget(self.neutral_name_error)


        self.layout_15.addLayout(self.layout_12, 0, 1, 1, 1)

        self.layout_13 = QVBoxLayout()
        self.layout_13.setSpacing(3)
        self.layout_13.setObjectName(u"layout_13")
        self.hotline_label = DimText(self.card)
        self.hotline_label.setObjectName(u"hotline_label")

        self.layout_13.addWidget(self.hotline_label)

        self.hotline = QLineEdit(self.card)
        self.hotline.setObjectName(u"hotline")

        self.layout_13.addWidget(self.hotline)

        self.hotline_error = ErrorText(self.card)
        self.hotline_error.setObjectName(u"hotline_error")

        self.layout_13.addWidget(self.hotline_error)


        self.layout_15.addLayout(self.layout_13, 1, 0, 1, 1)

        self.layout_14 = QVBoxLayout()
        self.layout_14.setSpacing(3)
        self.layout_14.setObjectName(u"layout_14")
        self.office_address_label = DimText(self.card)
        self.office_address_label.setObjectName(u"office_address_label")

        self.layout_14.addWidget(self.office_address_label)

        self.office_address = QLineEdit(self.card)
        self.office_address.setObjectName(u"office_address")

        self.layout_14.addWidget(self.office_address)

        self.office_address_error = ErrorText(self.card)
        self.office_address_error.setObjectName(u"office_address_error")

        self.layout_14.addWidget(self.office_address_error)


        self.layout_15.addLayout(self.layout_14, 1, 1, 1, 1)


        self.layout_20.addLayout(self.layout_15)

        self.layout_17 = QVBoxLayout()
        self.layout_17.setSpacing(3)
        self.layout_17.setObjectName(u"layout_17")
        self.folder_label = DimText(self.card)
        self.folder_label.setObjectName(u"folder_label")

        self.layout_17.addWidget(self.folder_label)

        self.layout_16 = QHBoxLayout()
        self.layout_16.setSpacing(8)
        self.layout_16.setObjectName(u"layout_16")
        self.folder = QLineEdit(self.card)
        self.folder.setObjectName(u"folder")
        self.folder.setReadOnly(True)

        self.layout_16.addWidget(self.folder)

        self.folder_button = QPushButton(self.card)
        self.folder_button.setObjectName(u"folder_button")
        self.folder_button.setAutoDefault(False)

        self.layout_16.addWidget(self.folder_button)


        self.layout_17.addLayout(self.layout_16)

        self.folder_error = ErrorText(self.card)
        self.folder_error.setObjectName(u"folder_error")

        self.layout_17.addWidget(self.folder_error)


        self.layout_20.addLayout(self.layout_17)

        self.layout_19 = QHBoxLayout()
        self.layout_19.setSpacing(8)
        self.layout_19.setObjectName(u"layout_19")
        self.space_18 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_19.addItem(self.space_18)

        self.back_button = QPushButton(self.card)
        self.back_button.setObjectName(u"back_button")
        self.back_button.setAutoDefault(False)

        self.layout_19.addWidget(self.back_button)

        self.create_button = QPushButton(self.card)
        self.create_button.setObjectName(u"create_button")
        self.create_button.setAutoDefault(True)

        self.layout_19.addWidget(self.create_button)


        self.layout_20.addLayout(self.layout_19)


        self.layout_23.addWidget(self.card)

        self.demo_card = CardFrame(FirstStartForm)
        self.demo_card.setObjectName(u"demo_card")
        self.demo_card.setMinimumSize(QSize(250, 0))
        self.demo_card.setMaximumSize(QSize(280, 16777215))
        self.layout_22 = QVBoxLayout(self.demo_card)
        self.layout_22.setSpacing(10)
        self.layout_22.setObjectName(u"layout_22")
        self.layout_22.setContentsMargins(24, 18, 24, 18)
        self.demo_head = HeadText(self.demo_card)
        self.demo_head.setObjectName(u"demo_head")

        self.layout_22.addWidget(self.demo_head)

        self.demo_text = BodyText(self.demo_card)
        self.demo_text.setObjectName(u"demo_text")

        self.layout_22.addWidget(self.demo_text)

        self.demo_button = QPushButton(self.demo_card)
        self.demo_button.setObjectName(u"demo_button")
        self.demo_button.setAutoDefault(False)

        self.layout_22.addWidget(self.demo_button)

        self.space_21 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_22.addItem(self.space_21)


        self.layout_23.addWidget(self.demo_card)


        self.layout_25.addLayout(self.layout_23)

        self.space_24 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_25.addItem(self.space_24)

        self.layout_25.setStretch(0, 1)
        self.layout_25.setStretch(4, 2)

        self.layout_27.addLayout(self.layout_25)

        self.space_26 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_27.addItem(self.space_26)

        self.layout_27.setStretch(1, 1)

        self.layout_30.addLayout(self.layout_27)

        self.layout_29 = QHBoxLayout()
        self.layout_29.setSpacing(8)
        self.layout_29.setObjectName(u"layout_29")
        self.layout_29.setContentsMargins(20, 8, 20, 12)
        self.theme_button = LinkButton(FirstStartForm)
        self.theme_button.setObjectName(u"theme_button")

        self.layout_29.addWidget(self.theme_button)

        self.language_button = LinkButton(FirstStartForm)
        self.language_button.setObjectName(u"language_button")

        self.layout_29.addWidget(self.language_button)

        self.space_28 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_29.addItem(self.space_28)

        self.version_text = DimText(FirstStartForm)
        self.version_text.setObjectName(u"version_text")

        self.layout_29.addWidget(self.version_text)


        self.layout_30.addLayout(self.layout_29)

#if QT_CONFIG(shortcut)
        self.person_label.setBuddy(self.person)
        self.password_label.setBuddy(self.password)
        self.password_again_label.setBuddy(self.password_again)
        self.agency_label.setBuddy(self.agency)
        self.neutral_name_label.setBuddy(self.neutral_name)
        self.hotline_label.setBuddy(self.hotline)
        self.office_address_label.setBuddy(self.office_address)
        self.folder_label.setBuddy(self.folder)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(FirstStartForm)

        self.create_button.setDefault(True)


        QMetaObject.connectSlotsByName(FirstStartForm)
    # setupUi

    def retranslateUi(self, FirstStartForm):
        self.title.setText(QCoreApplication.translate("FirstStartForm", u"Welcome to Collector Desk", None))
        self.subtitle.setText(QCoreApplication.translate("FirstStartForm", u"Make the store for this workstation. It is one encrypted file; only people with a password can open it.", None))
        self.you_head.setText(QCoreApplication.translate("FirstStartForm", u"You: the first account, as manager", None))
        self.person_label.setText(QCoreApplication.translate("FirstStartForm", u"Your name, as it stands in reports", None))
#if QT_CONFIG(accessibility)
        self.person.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Your name, as it stands in reports", None))
#endif // QT_CONFIG(accessibility)
        self.password_label.setText(QCoreApplication.translate("FirstStartForm", u"Password, at least 10 characters", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Password, at least 10 characters", None))
#endif // QT_CONFIG(accessibility)
        self.password_again_label.setText(QCoreApplication.translate("FirstStartForm", u"Password again", None))
#if QT_CONFIG(accessibility)
        self.password_again.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Password again", None))
#endif // QT_CONFIG(accessibility)
        self.agency_head.setText(QCoreApplication.translate("FirstStartForm", u"The agency, as debtors and banks see it", None))
        self.agency_label.setText(QCoreApplication.translate("FirstStartForm", u"Agency name", None))
#if QT_CONFIG(accessibility)
        self.agency.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Agency name", None))
#endif // QT_CONFIG(accessibility)
        self.neutral_name_label.setText(QCoreApplication.translate("FirstStartForm", u"Neutral name told to third parties", None))
#if QT_CONFIG(accessibility)
        self.neutral_name.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Neutral name told to third parties", None))
#endif // QT_CONFIG(accessibility)
        self.hotline_label.setText(QCoreApplication.translate("FirstStartForm", u"Telephone for debtors' questions", None))
#if QT_CONFIG(accessibility)
        self.hotline.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Telephone for debtors' questions", None))
#endif // QT_CONFIG(accessibility)
        self.office_address_label.setText(QCoreApplication.translate("FirstStartForm", u"Address of the office", None))
#if QT_CONFIG(accessibility)
        self.office_address.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Address of the office", None))
#endif // QT_CONFIG(accessibility)
        self.folder_label.setText(QCoreApplication.translate("FirstStartForm", u"Folder of the store", None))
#if QT_CONFIG(accessibility)
        self.folder.setAccessibleName(QCoreApplication.translate("FirstStartForm", u"Folder of the store", None))
#endif // QT_CONFIG(accessibility)
        self.folder_button.setText(QCoreApplication.translate("FirstStartForm", u"Other place\u2026", None))
        self.back_button.setText(QCoreApplication.translate("FirstStartForm", u"Back", None))
        self.create_button.setText(QCoreApplication.translate("FirstStartForm", u"Make the store", None))
        self.demo_head.setText(QCoreApplication.translate("FirstStartForm", u"Just want to look around?", None))
        self.demo_text.setText(QCoreApplication.translate("FirstStartForm", u"The demo opens a store with invented people and some weeks of work in it. Nothing in it is real, and nothing you do there touches your own store.", None))
        self.demo_button.setText(QCoreApplication.translate("FirstStartForm", u"Open the demo", None))
        self.theme_button.setText(QCoreApplication.translate("FirstStartForm", u"Dark", None))
        self.language_button.setText(QCoreApplication.translate("FirstStartForm", u"\u4e2d\u6587", None))
        pass
    # retranslateUi

