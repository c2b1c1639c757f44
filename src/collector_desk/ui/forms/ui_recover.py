# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'recover.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QHBoxLayout, QLineEdit,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from collector_desk.ui.widgets import (BodyText, CardFrame, DimText, ErrorText,
    PasswordField, TitleText)

class Ui_RecoverForm(object):
    def setupUi(self, RecoverForm):
        if not RecoverForm.objectName():
            RecoverForm.setObjectName(u"RecoverForm")
        self.layout_15 = QVBoxLayout(RecoverForm)
        self.layout_15.setSpacing(0)
        self.layout_15.setObjectName(u"layout_15")
        self.layout_15.setContentsMargins(0, 0, 0, 0)
        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_15.addItem(self.space_1)

        self.layout_13 = QHBoxLayout()
        self.layout_13.setObjectName(u"layout_13")
        self.space_2 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_13.addItem(self.space_2)

        self.card = CardFrame(RecoverForm)
        self.card.setObjectName(u"card")
        self.card.setMinimumSize(QSize(560, 0))
        self.card.setMaximumSize(QSize(560, 16777215))
        self.layout_11 = QVBoxLayout(self.card)
        self.layout_11.setSpacing(8)
        self.layout_11.setObjectName(u"layout_11")
        self.layout_11.setContentsMargins(32, 26, 32, 24)
        self.title = TitleText(self.card)
        self.title.setObjectName(u"title")

        self.layout_11.addWidget(self.title)

        self.explain = BodyText(self.card)
        self.explain.setObjectName(u"explain")

        self.layout_11.addWidget(self.explain)

        self.space_3 = QSpacerItem(10, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_11.addItem(self.space_3)

        self.layout_4 = QVBoxLayout()
        self.layout_4.setSpacing(3)
        self.layout_4.setObjectName(u"layout_4")
        self.person_label = DimText(self.card)
        self.person_label.setObjectName(u"person_label")

        self.layout_4.addWidget(self.person_label)

        self.person = QComboBox(self.card)
        self.person.setObjectName(u"person")

        self.layout_4.addWidget(self.person)


        self.layout_11.addLayout(self.layout_4)

        self.layout_5 = QVBoxLayout()
        self.layout_5.setSpacing(3)
        self.layout_5.setObjectName(u"layout_5")
        self.code_label = DimText(self.card)
        self.code_label.setObjectName(u"code_label")

        self.layout_5.addWidget(self.code_label)

        self.code = QLineEdit(self.card)
        self.code.setObjectName(u"code")

        self.layout_5.addWidget(self.code)

        self.code_error = ErrorText(self.card)
        self.code_error.setObjectName(u"code_error")

        self.layout_5.addWidget(self.code_error)


        self.layout_11.addLayout(self.layout_5)

        self.layout_8 = QHBoxLayout()
        self.layout_8.setSpacing(12)
        self.layout_8.setObjectName(u"layout_8")
        self.layout_6 = QVBoxLayout()
        self.layout_6.setSpacing(3)
        self.layout_6.setObjectName(u"layout_6")
        self.password_label = DimText(self.card)
        self.password_label.setObjectName(u"password_label")

        self.layout_6.addWidget(self.password_label)

        self.password = PasswordField(self.card)
        self.password.setObjectName(u"password")

        self.layout_6.addWidget(self.password)

        self.password_error = ErrorText(self.card)
        self.password_error.setObjectName(u"password_error")

        self.layout_6.addWidget(self.password_error)


        self.layout_8.addLayout(self.layout_6)

        self.layout_7 = QVBoxLayout()
        self.layout_7.setSpacing(3)
        self.layout_7.setObjectName(u"layout_7")
        self.password_again_label = DimText(self.card)
        self.password_again_label.setObjectName(u"password_again_label")

        self.layout_7.addWidget(self.password_again_label)

        self.password_again = PasswordField(self.card)
        self.password_again.setObjectName(u"password_again")

        self.layout_7.addWidget(self.password_again)

        self.password_again_error = ErrorText(self.card)
        self.password_again_error.setObjectName(u"password_again_error")

        self.layout_7.addWidget(self.password_again_error)


        self.layout_8.addLayout(self.layout_7)


        self.layout_11.addLayout(self.layout_8)

        self.layout_10 = QHBoxLayout()
        self.layout_10.setObjectName(u"layout_10")
        self.back_button = QPushButton(self.card)
        self.back_button.setObjectName(u"back_button")
        self.back_button.setAutoDefault(False)

        self.layout_10.addWidget(self.back_button)

        self.space_9 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_10.addItem(self.space_9)

        self.recover_button = QPushButton(self.card)
        self.recover_button.setObjectName(u"recover_button")
        self.recover_button.setAutoDefault(True)

        self.layout_10.addWidget(self.recover_button)


        self.layout_11.addLayout(self.layout_10)


        self.layout_13.addWidget(self.card)

        self.space_12 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_13.addItem(self.space_12)


        self.layout_15.addLayout(self.layout_13)

        self.space_14 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_15.addItem(self.space_14)

#if QT_CONFIG(shortcut)
        self.person_label.setBuddy(self.person)
        self.code_label.setBuddy(self.code)
        self.password_label.setBuddy(self.password)
        self.password_again_label.setBuddy(self.password_again)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(RecoverForm)

        self.recover_button.setDefault(True)


        QMetaObject.connectSlotsByName(RecoverForm)
    # setupUi

    def retranslateUi(self, RecoverForm):
        self.title.setText(QCoreApplication.translate("RecoverForm", u"A forgotten password", None))
        self.explain.setText(QCoreApplication.translate("RecoverForm", u"With the store's recovery code you can set a new password yourself. It also makes a new code; the old one opens nothing any more.", None))
        self.person_label.setText(QCoreApplication.translate("RecoverForm", u"Who are you?", None))
#if QT_CONFIG(accessibility)
        self.person.setAccessibleName(QCoreApplication.translate("RecoverForm", u"Who are you?", None))
#endif // QT_CONFIG(accessibility)
        self.code_label.setText(QCoreApplication.translate("RecoverForm", u"Recovery code", None))
#if QT_CONFIG(accessibility)
        self.code.setAccessibleName(QCoreApplication.translate("RecoverForm", u"Recovery code", None))
#endif // QT_CONFIG(accessibility)
        self.password_label.setText(QCoreApplication.translate("RecoverForm", u"New password, at least 10 characters", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("RecoverForm", u"New password, at least 10 characters", None))
#endif // QT_CONFIG(accessibility)
        self.password_again_label.setText(QCoreApplication.translate("RecoverForm", u"New password again", None))
#if QT_CONFIG(accessibility)
        self.password_again.setAccessibleName(QCoreApplication.translate("RecoverForm", u"New password again", None))
#endif // QT_CONFIG(accessibility)
        self.back_button.setText(QCoreApplication.translate("RecoverForm", u"Back", None))
        self.recover_button.setText(QCoreApplication.translate("RecoverForm", u"Set the password", None))
        pass
    # retranslateUi

