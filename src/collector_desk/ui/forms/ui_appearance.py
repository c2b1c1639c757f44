# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'appearance.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QRadioButton, QSizePolicy,
    QSpacerItem, QVBoxLayout, QWidget)

from collector_desk.ui.widgets import (CardFrame, DimText, HeadText)

class Ui_AppearanceForm(object):
    def setupUi(self, AppearanceForm):
        if not AppearanceForm.objectName():
            AppearanceForm.setObjectName(u"AppearanceForm")
        self.layout_8 = QVBoxLayout(AppearanceForm)
        self.layout_8.setObjectName(u"layout_8")
        self.layout_8.setContentsMargins(0, 0, 0, 0)
        self.card = CardFrame(AppearanceForm)
        self.card.setObjectName(u"card")
        self.layout_6 = QVBoxLayout(self.card)
        self.layout_6.setSpacing(8)
        self.layout_6.setObjectName(u"layout_6")
        self.layout_6.setContentsMargins(20, 16, 20, 20)
        self.title = HeadText(self.card)
        self.title.setObjectName(u"title")

        self.layout_6.addWidget(self.title)

        self.theme_label = DimText(self.card)
        self.theme_label.setObjectName(u"theme_label")

        self.layout_6.addWidget(self.theme_label)

        self.layout_2 = QHBoxLayout()
        self.layout_2.setSpacing(18)
        self.layout_2.setObjectName(u"layout_2")
        self.light_radio = QRadioButton(self.card)
        self.light_radio.setObjectName(u"light_radio")

        self.layout_2.addWidget(self.light_radio)

        self.dark_radio = QRadioButton(self.card)
        self.dark_radio.setObjectName(u"dark_radio")

        self.layout_2.addWidget(self.dark_radio)

        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_2.addItem(self.space_1)


        self.layout_6.addLayout(self.layout_2)

        self.space_3 = QSpacerItem(10, 6, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

        self.layout_6.addItem(self.space_3)

        self.language_label = DimText(self.card)
        self.language_label.setObjectName(u"language_label")

        self.layout_6.addWidget(self.language_label)

        self.layout_5 = QHBoxLayout()
        self.layout_5.setSpacing(18)
        self.layout_5.setObjectName(u"layout_5")
        self.english_radio = QRadioButton(self.card)
        self.english_radio.setObjectName(u"english_radio")

        self.layout_5.addWidget(self.english_radio)

        self.chinese_radio = QRadioButton(self.card)
        self.chinese_radio.setObjectName(u"chinese_radio")

        self.layout_5.addWidget(self.chinese_radio)

        self.space_4 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_5.addItem(self.space_4)


        self.layout_6.addLayout(self.layout_5)


        self.layout_8.addWidget(self.card)

        self.space_7 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_8.addItem(self.space_7)


        self.retranslateUi(AppearanceForm)

        QMetaObject.connectSlotsByName(AppearanceForm)
    # setupUi

    def retranslateUi(self, AppearanceForm):
        self.title.setText(QCoreApplication.translate("AppearanceForm", u"Appearance", None))
        self.theme_label.setText(QCoreApplication.translate("AppearanceForm", u"Theme", None))
        self.light_radio.setText(QCoreApplication.translate("AppearanceForm", u"Light", None))
        self.dark_radio.setText(QCoreApplication.translate("AppearanceForm", u"Dark", None))
        self.language_label.setText(QCoreApplication.translate("AppearanceForm", u"Language of the window", None))
        self.english_radio.setText(QCoreApplication.translate("AppearanceForm", u"English", None))
        self.chinese_radio.setText(QCoreApplication.translate("AppearanceForm", u"\u4e2d\u6587", None))
        pass
    # retranslateUi

