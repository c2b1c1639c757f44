# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'people.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QHeaderView, QLineEdit,
    QPushButton, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

from collector_desk.ui.widgets import (CardFrame, DimText, ErrorText, HeadText,
    PasswordField, QuietTable)

class Ui_PeopleForm(object):
    def setupUi(self, PeopleForm):
        if not PeopleForm.objectName():
            PeopleForm.setObjectName(u"PeopleForm")
        self.layout_11 = QVBoxLayout(PeopleForm)
        self.layout_11.setSpacing(12)
        self.layout_11.setObjectName(u"layout_11")
        self.layout_11.setContentsMargins(0, 0, 0, 0)
        self.list_card = CardFrame(PeopleForm)
        self.list_card.setObjectName(u"list_card")
        self.layout_3 = QVBoxLayout(self.list_card)
        self.layout_3.setSpacing(8)
        self.layout_3.setObjectName(u"layout_3")
        self.layout_3.setContentsMargins(20, 14, 20, 14)
        self.layout_2 = QHBoxLayout()
        self.layout_2.setObjectName(u"layout_2")
        self.title = HeadText(self.list_card)
        self.title.setObjectName(u"title")

        self.layout_2.addWidget(self.title)

        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_2.addItem(self.space_1)

        self.manager_only = DimText(self.list_card)
        self.manager_only.setObjectName(u"manager_only")

        self.layout_2.addWidget(self.manager_only)


        self.layout_3.addLayout(self.layout_2)

        self.table = QuietTable(self.list_card)
        self.table.setObjectName(u"table")

        self.layout_3.addWidget(self.table)


        self.layout_11.addWidget(self.list_card)

        self.edit_card = CardFrame(PeopleForm)
        self.edit_card.setObjectName(u"edit_card")
        self.layout_10 = QVBoxLayout(self.edit_card)
        self.layout_10.setSpacing(6)
        self.layout_10.setObjectName(u"layout_10")
        self.layout_10.setContentsMargins(20, 14, 20, 16)
        self.edit_head = HeadText(self.edit_card)
        self.edit_head.setObjectName(u"edit_head")

        self.layout_10.addWidget(self.edit_head)

        self.who_box = QWidget(self.edit_card)
        self.who_box.setObjectName(u"who_box")
        self.layout_6 = QHBoxLayout(self.who_box)
        self.layout_6.setSpacing(12)
        self.layout_6.setObjectName(u"layout_6")
        self.layout_6.setContentsMargins(0, 0, 0, 0)
        self.layout_4 = QVBoxLayout()
        self.layout_4.setSpacing(3)
        self.layout_4.setObjectName(u"layout_4")
        self.person_label = DimText(self.who_box)
        self.person_label.setObjectName(u"person_label")

        self.layout_4.addWidget(self.person_label)

        self.person = QLineEdit(self.who_box)
        self.person.setObjectName(u"person")

        self.layout_4.addWidget(self.person)

        self.person_error = ErrorText(self.who_box)
        self.person_error.setObjectName(u"person_error")

        self.layout_4.addWidget(self.person_error)


        self.layout_6.addLayout(self.layout_4)

        self.layout_5 = QVBoxLayout()
        self.layout_5.setSpacing(3)
        self.layout_5.setObjectName(u"layout_5")
        self.password_label = DimText(self.who_box)
        self.password_label.setObjectName(u"password_label")

        self.layout_5.addWidget(self.password_label)

        self.password = PasswordField(self.who_box)
        self.password.setObjectName(u"password")

        self.layout_5.addWidget(self.password)

        self.password_error = ErrorText(self.who_box)
        self.password_error.setObjectName(u"password_error")

        self.layout_5.addWidget(self.password_error)


        self.layout_6.addLayout(self.layout_5)


        self.layout_10.addWidget(self.who_box)

        self.roles_label = DimText(self.edit_card)
        self.roles_label.setObjectName(u"roles_label")

        self.layout_10.addWidget(self.roles_label)

        self.roles_layout = QHBoxLayout()
        self.roles_layout.setSpacing(16)
        self.roles_layout.setObjectName(u"roles_layout")

        self.layout_10.addLayout(self.roles_layout)

        self.roles_error = ErrorText(self.edit_card)
        self.roles_error.setObjectName(u"roles_error")

        self.layout_10.addWidget(self.roles_error)

        self.badge_box = QWidget(self.edit_card)
        self.badge_box.setObjectName(u"badge_box")
        self.badge_layout = QHBoxLayout(self.badge_box)
        self.badge_layout.setSpacing(8)
        self.badge_layout.setObjectName(u"badge_layout")
        self.badge_layout.setContentsMargins(0, 0, 0, 0)
        self.badge_label = DimText(self.badge_box)
        self.badge_label.setObjectName(u"badge_label")

        self.badge_layout.addWidget(self.badge_label)

        self.badge = QLineEdit(self.badge_box)
        self.badge.setObjectName(u"badge")
        self.badge.setMaximumSize(QSize(150, 16777215))
        self.badge.setMaxLength(10)

        self.badge_layout.addWidget(self.badge)

        self.badge_error = ErrorText(self.badge_box)
        self.badge_error.setObjectName(u"badge_error")

        self.badge_layout.addWidget(self.badge_error)

        self.badge_space = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.badge_layout.addItem(self.badge_space)


        self.layout_10.addWidget(self.badge_box)

        self.layout_9 = QHBoxLayout()
        self.layout_9.setSpacing(8)
        self.layout_9.setObjectName(u"layout_9")
        self.close_person_button = QPushButton(self.edit_card)
        self.close_person_button.setObjectName(u"close_person_button")
        self.close_person_button.setAutoDefault(False)

        self.layout_9.addWidget(self.close_person_button)

        self.new_button = QPushButton(self.edit_card)
        self.new_button.setObjectName(u"new_button")
        self.new_button.setAutoDefault(False)

        self.layout_9.addWidget(self.new_button)

        self.space_8 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_9.addItem(self.space_8)

        self.save_button = QPushButton(self.edit_card)
        self.save_button.setObjectName(u"save_button")
        self.save_button.setAutoDefault(True)

        self.layout_9.addWidget(self.save_button)


        self.layout_10.addLayout(self.layout_9)


        self.layout_11.addWidget(self.edit_card)

        self.layout_11.setStretch(0, 1)
#if QT_CONFIG(shortcut)
        self.person_label.setBuddy(self.person)
        self.password_label.setBuddy(self.password)
        self.badge_label.setBuddy(self.badge)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(PeopleForm)

        self.save_button.setDefault(True)


        QMetaObject.connectSlotsByName(PeopleForm)
    # setupUi

    def retranslateUi(self, PeopleForm):
        self.title.setText(QCoreApplication.translate("PeopleForm", u"People of this store", None))
        self.manager_only.setText(QCoreApplication.translate("PeopleForm", u"Only a manager can change this.", None))
        self.person_label.setText(QCoreApplication.translate("PeopleForm", u"Name, as it stands in reports", None))
#if QT_CONFIG(accessibility)
        self.person.setAccessibleName(QCoreApplication.translate("PeopleForm", u"Name, as it stands in reports", None))
#endif // QT_CONFIG(accessibility)
        self.password_label.setText(QCoreApplication.translate("PeopleForm", u"First password, to be changed by the person", None))
#if QT_CONFIG(accessibility)
        self.password.setAccessibleName(QCoreApplication.translate("PeopleForm", u"First password, to be changed by the person", None))
#endif // QT_CONFIG(accessibility)
        self.roles_label.setText(QCoreApplication.translate("PeopleForm", u"Roles", None))
        self.badge_label.setText(QCoreApplication.translate("PeopleForm", u"Badge for visits, valid until", None))
        self.badge.setPlaceholderText(QCoreApplication.translate("PeopleForm", u"2027-12-31", None))
#if QT_CONFIG(accessibility)
        self.badge.setAccessibleName(QCoreApplication.translate("PeopleForm", u"Badge for visits, valid until", None))
#endif // QT_CONFIG(accessibility)
        self.close_person_button.setText(QCoreApplication.translate("PeopleForm", u"Close this person's access\u2026", None))
        self.new_button.setText(QCoreApplication.translate("PeopleForm", u"Somebody new", None))
        self.save_button.setText(QCoreApplication.translate("PeopleForm", u"Save", None))
        pass
    # retranslateUi

