# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'settings.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QListWidgetItem, QSizePolicy,
    QStackedWidget, QVBoxLayout, QWidget)

from collector_desk.ui.widgets import (CardFrame, HeadText, MenuList)

class Ui_SettingsForm(object):
    def setupUi(self, SettingsForm):
        if not SettingsForm.objectName():
            SettingsForm.setObjectName(u"SettingsForm")
        self.layout_2 = QHBoxLayout(SettingsForm)
        self.layout_2.setSpacing(12)
        self.layout_2.setObjectName(u"layout_2")
        self.layout_2.setContentsMargins(12, 12, 12, 12)
        self.menu_card = CardFrame(SettingsForm)
        self.menu_card.setObjectName(u"menu_card")
        self.menu_card.setMinimumSize(QSize(190, 0))
        self.menu_card.setMaximumSize(QSize(190, 16777215))
        self.layout_1 = QVBoxLayout(self.menu_card)
        self.layout_1.setSpacing(8)
        self.layout_1.setObjectName(u"layout_1")
        self.layout_1.setContentsMargins(12, 14, 12, 12)
        self.title = HeadText(self.menu_card)
        self.title.setObjectName(u"title")

        self.layout_1.addWidget(self.title)

        self.menu = MenuList(self.menu_card)
        self.menu.setObjectName(u"menu")

        self.layout_1.addWidget(self.menu)


        self.layout_2.addWidget(self.menu_card)

        self.parts = QStackedWidget(SettingsForm)
        self.parts.setObjectName(u"parts")

        self.layout_2.addWidget(self.parts)


        self.retranslateUi(SettingsForm)

        QMetaObject.connectSlotsByName(SettingsForm)
    # setupUi

    def retranslateUi(self, SettingsForm):
        self.title.setText(QCoreApplication.translate("SettingsForm", u"Settings", None))
        pass
    # retranslateUi

