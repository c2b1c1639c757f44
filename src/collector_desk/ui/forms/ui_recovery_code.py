# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'recovery_code.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QLabel, QLineEdit,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from collector_desk.ui.widgets import (BodyText, CardFrame, DimText, ErrorText,
    TitleText)

class Ui_RecoveryCodeForm(object):
    def setupUi(self, RecoveryCodeForm):
        if not RecoveryCodeForm.objectName():
            RecoveryCodeForm.setObjectName(u"RecoveryCodeForm")
        self.layout_16 = QVBoxLayout(RecoveryCodeForm)
        self.layout_16.setSpacing(0)
        self.layout_16.setObjectName(u"layout_16")
        self.layout_16.setContentsMargins(0, 0, 0, 0)
        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_16.addItem(self.space_1)

        self.layout_14 = QHBoxLayout()
        self.layout_14.setObjectName(u"layout_14")
        self.space_2 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_14.addItem(self.space_2)

        self.card = CardFrame(RecoveryCodeForm)
        self.card.setObjectName(u"card")
        self.card.setMinimumSize(QSize(560, 0))
        self.card.setMaximumSize(QSize(560, 16777215))
        self.layout_12 = QVBoxLayout(self.card)
        self.layout_12.setSpacing(8)
        self.layout_12.setObjectName(u"layout_12")
        self.layout_12.setContentsMargins(32, 26, 32, 24)
        self.title = TitleText(self.card)
        self.title.setObjectName(u"title")

        self.layout_12.addWidget(self.title)

        self.explain = BodyText(self.card)
        self.explain.setObjectName(u"explain")

        self.layout_12.addWidget(self.explain)

        self.space_3 = QSpacerItem(10, 4, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_12.addItem(self.space_3)

        self.code = QLabel(self.card)
        self.code.setObjectName(u"code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

        self.layout_12.addWidget(self.code)

        self.layout_5 = QHBoxLayout()
        self.layout_5.setSpacing(8)
        self.layout_5.setObjectName(u"layout_5")
        self.print_button = QPushButton(self.card)
        self.print_button.setObjectName(u"print_button")
        self.print_button.setAutoDefault(False)

        self.layout_5.addWidget(self.print_button)

        self.save_button = QPushButton(self.card)
        self.save_button.setObjectName(u"save_button")
        self.save_button.setAutoDefault(False)

        self.layout_5.addWidget(self.save_button)

        self.space_4 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_5.addItem(self.space_4)


        self.layout_12.addLayout(self.layout_5)

        self.sheet_note = BodyText(self.card)
        self.sheet_note.setObjectName(u"sheet_note")

        self.layout_12.addWidget(self.sheet_note)

        self.space_6 = QSpacerItem(10, 6, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_12.addItem(self.space_6)

        self.check_text = BodyText(self.card)
        self.check_text.setObjectName(u"check_text")

        self.layout_12.addWidget(self.check_text)

        self.layout_9 = QHBoxLayout()
        self.layout_9.setSpacing(12)
        self.layout_9.setObjectName(u"layout_9")
        self.layout_7 = QVBoxLayout()
        self.layout_7.setSpacing(3)
        self.layout_7.setObjectName(u"layout_7")
        self.first_group_label = DimText(self.card)
        self.first_group_label.setObjectName(u"first_group_label")

        self.layout_7.addWidget(self.first_group_label)

        self.first_group = QLineEdit(self.card)
        self.first_group.setObjectName(u"first_group")

        self.layout_7.addWidget(self.first_group)

        self.first_group_error = ErrorText(self.card)
        self.first_group_error.setObjectName(u"first_group_error")

        self.layout_7.addWidget(self.first_group_error)


        self.layout_9.addLayout(self.layout_7)

        self.layout_8 = QVBoxLayout()
        self.layout_8.setSpacing(3)
        self.layout_8.setObjectName(u"layout_8")
        self.second_group_label = DimText(self.card)
        self.second_group_label.setObjectName(u"second_group_label")

        self.layout_8.addWidget(self.second_group_label)

        self.second_group = QLineEdit(self.card)
        self.second_group.setObjectName(u"second_group")

        self.layout_8.addWidget(self.second_group)

        self.second_group_error = ErrorText(self.card)
        self.second_group_error.setObjectName(u"second_group_error")

        self.layout_8.addWidget(self.second_group_error)


        self.layout_9.addLayout(self.layout_8)


        self.layout_12.addLayout(self.layout_9)

        self.layout_11 = QHBoxLayout()
        self.layout_11.setObjectName(u"layout_11")
        self.space_10 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_11.addItem(self.space_10)

        self.done_button = QPushButton(self.card)
        self.done_button.setObjectName(u"done_button")
        self.done_button.setAutoDefault(True)

        self.layout_11.addWidget(self.done_button)


        self.layout_12.addLayout(self.layout_11)


        self.layout_14.addWidget(self.card)

        self.space_13 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_14.addItem(self.space_13)


        self.layout_16.addLayout(self.layout_14)

        self.space_15 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_16.addItem(self.space_15)

#if QT_CONFIG(shortcut)
        self.first_group_label.setBuddy(self.first_group)
        self.second_group_label.setBuddy(self.second_group)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(RecoveryCodeForm)

        self.done_button.setDefault(True)


        QMetaObject.connectSlotsByName(RecoveryCodeForm)
    # setupUi

    def retranslateUi(self, RecoveryCodeForm):
        self.title.setText(QCoreApplication.translate("RecoveryCodeForm", u"Your recovery code", None))
        self.explain.setText(QCoreApplication.translate("RecoveryCodeForm", u"If a password is lost, only this code opens the store again. It is shown this one time and is kept nowhere. Print it or write it down, and lock it away, not beside the workstation.", None))
        self.print_button.setText(QCoreApplication.translate("RecoveryCodeForm", u"Print\u2026", None))
        self.save_button.setText(QCoreApplication.translate("RecoveryCodeForm", u"Save as PDF\u2026", None))
        self.sheet_note.setText(QCoreApplication.translate("RecoveryCodeForm", u"The sheet shows the code in clear: it belongs in a safe. A saved file is printed, then deleted from the disk.", None))
        self.check_text.setText(QCoreApplication.translate("RecoveryCodeForm", u"To be sure that it is on paper, type two of its groups:", None))
        self.first_group_label.setText(QCoreApplication.translate("RecoveryCodeForm", u"Group", None))
#if QT_CONFIG(accessibility)
        self.first_group.setAccessibleName(QCoreApplication.translate("RecoveryCodeForm", u"Group", None))
#endif // QT_CONFIG(accessibility)
        self.second_group_label.setText(QCoreApplication.translate("RecoveryCodeForm", u"Group", None))
#if QT_CONFIG(accessibility)
        self.second_group.setAccessibleName(QCoreApplication.translate("RecoveryCodeForm", u"Group", None))
#endif // QT_CONFIG(accessibility)
        self.done_button.setText(QCoreApplication.translate("RecoveryCodeForm", u"It is kept safe, go on", None))
        pass
    # retranslateUi

