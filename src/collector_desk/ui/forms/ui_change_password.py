# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'change_password.ui'
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

from collector_desk.ui.widgets import (BodyText, CardFrame, DimText, ErrorText,
    HeadText, PasswordField)

class Ui_ChangePasswordForm(object):
    def setupUi(self, ChangePasswordForm):
        if not ChangePasswordForm.objectName():
            ChangePasswordForm.setObjectName(u"ChangePasswordForm")
        self.layout_11 = QVBoxLayout(ChangePasswordForm)
        self.layout_11.setObjectName(u"layout_11")
        self.layout_11.setContentsMargins(0, 0, 0, 0)
        self.card = CardFrame(ChangePasswordForm)
        self.card.setObjectName(u"card")
        self.layout_9 = QVBoxLayout(self.card)
        self.layout_9.setSpacing(8)
        self.layout_9.setObjectName(u"layout_9")
        self.layout_9.setContentsMargins(20, 16, 20, 20)
        self.title = HeadText(self.card)
        self.title.setObjectName(u"title")

        self.layout_9.addWidget(self.title)

        self.explain = BodyText(self.card)
        self.explain.setObjectName(u"explain")

        self.layout_9.addWidget(self.explain)

        self.layout_8 = QHBoxLayout()
        self.layout_8.setObjectName(u"layout_8")
        self.layout_6 = QVBoxLayout()
        self.layout_6.setSpacing(6)
        self.layout_6.setObjectName(u"layout_6")
        self.layout_1 = QVBoxLayout()
        self.layout_1.setSpacing(3)
        self.layout_1.setObjectName(u"layout_1")
        self.old_password_label = DimText(self.card)
        self.old_password_label.setObjectName(u"old_password_label")

        self.layout_1.addWidget(self.old_password_label)

        self.old_password = PasswordField(self.card)
        self.old_password.setObjectName(u"old_password")

        self.layout_1.addWidget(self.old_password)

        self.old_password_error = ErrorText(self.card)
        self.old_password_error.setObjectName(u"old_password_error")

        self.layout_1.addWidget(self.old_password_error)


        self.layout_6.addLayout(self.layout_1)

        self.layout_2 = QVBoxLayout()
        self.layout_2.setSpacing(3)
        self.layout_2.setObjectName(u"layout_2")
        self.password_label = DimText(self.card)
        self.password_label.setObjectName(u"password_label")

        self.layout_2.addWidget(self.password_label)

        self.password = PasswordField(self.card)
        self.password.setObjectName(u"password")

        self.layout_2.addWidget(self.password)

        self.password_error = ErrorText(self.card)
        self.password_error.setObjectName(u"password_error")

        self.layout_2.addWidget(self.password_error)


        self.layout_6.addLayout(self.layout_2)

        self.layout_3 = QVBoxLayout()
        self.layout_3.setSpacing(3)
        self.layout_3.setObjectName(u"layout_3")
        self.password_again_label = DimText(self.card)
        self.password_again_label.setObjectName(u"password_again_label")

        self.layout_3.addWidget(self.password_again_label)

        self.password_again = PasswordField(self.card)
        self.password_again.setObjectName(u"password_again")

        self.layout_3.addWidget(self.password_again)

        self.password_again_error = ErrorText(self.card)
        self.password_again_error.setObjectName(u"password_again_error")

        self.layout_3.addWidget(self.password_again_error)


        self.layout_6.addLayout(self.layout_3)

        self.layout_5 = QHBoxLayout()
        self.layout_5.setObjectName(u"layout_5")
        self.space_4 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_5.addItem(self.space_4)

        self.change_button = QPushButton(self.card)
        self.change_button.setObjectName(u"change_button")
        self.change_button.setAutoDefault(True)

        self.layout_5.addWidget(self.change_button)


        self.layout_6.addLayout(self.layout_5)


        self.layout_8.addLayout(self.layout_6)

        self.space_7 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_8.addItem(self.space_7)

        self.layout_8.setStretch(0, 1)
        self.layout_8.setStretch(1, 1)

        self.layout_9.addLayout(self.layout_8)


        self.layout_11.addWidget(self.card)

        self.space_10 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_11.addItem(self.space_10)

#if QT_CONFIG(shortcut)
        self.old_password_label.setBuddy(self.old_password)
        self.password_label.setBuddy(self.password)
        self.password_again_label.setBuddy(self.password_again)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(ChangePasswordForm)

        self.change_button.setDefault(True)


        QMetaObject.connectSlotsByName(ChangePasswordForm)
    # setupUi

    def retranslateUi(self, ChangePasswordForm):
        self.title.setText(QCoreApplication.translate("ChangePasswordForm", u"Change your password", None))
        self.explain.setText(QCoreApplication.translate("ChangePasswordForm", u"This password is yours alone; changing it changes nothing for the others.", None))
        self.old_password_label.setText(QCoreApplication.translate("ChangePasswordForm", u"Present password", None))
#if QT_CONFIG(accessibility)
        self.old_password.setAccessibleName(QCoreApplication.translate("ChangePasswordForm", u"Present password", None))
#endif // QT_CONFIG(accessibility)
        self.password_label.setText(QCoreApplication.translate("ChangePasswordForm", u"New password, at least 10 characters", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("ChangePasswordForm", u"New password, at least 10 characters", None))
#endif // QT_CONFIG(accessibility)
        self.password_again_label.setText(QCoreApplication.translate("ChangePasswordForm", u"New password again", None))
#if QT_CONFIG(accessibility)
        self.password_again.setAccessibleName(QCoreApplication.translate("ChangePasswordForm", u"New password again", None))
#endif // QT_CONFIG(accessibility)
        self.change_button.setText(QCoreApplication.translate("ChangePasswordForm", u"Change the password", None))
        pass
    # retranslateUi

