# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'main_frame.ui'
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
from PySide6.QtWidgets import (QApplication, QHBoxLayout, QSizePolicy, QSpacerItem,
    QStackedWidget, QVBoxLayout, QWidget)

from collector_desk.ui.widgets import (Banner, Bar, DimText, HeadText,
    LightPill, Logo)

class Ui_MainFrame(object):
    def setupUi(self, MainFrame):
        if not MainFrame.objectName():
            MainFrame.setObjectName(u"MainFrame")
        self.layout_7 = QVBoxLayout(MainFrame)
        self.layout_7.setSpacing(0)
        self.layout_7.setObjectName(u"layout_7")
        self.layout_7.setContentsMargins(0, 0, 0, 0)
        self.bar = Bar(MainFrame)
        self.bar.setObjectName(u"bar")
        self.layout_2 = QHBoxLayout(self.bar)
        self.layout_2.setSpacing(10)
        self.layout_2.setObjectName(u"layout_2")
        self.layout_2.setContentsMargins(14, 0, 16, 0)
        self.logo = Logo(self.bar)
        self.logo.setObjectName(u"logo")
        self.logo.setMinimumSize(QSize(24, 24))

        self.layout_2.addWidget(self.logo)

        self.program_name = HeadText(self.bar)
        self.program_name.setObjectName(u"program_name")

        self.layout_2.addWidget(self.program_name)

        self.store_name = DimText(self.bar)
        self.store_name.setObjectName(u"store_name")

        self.layout_2.addWidget(self.store_name)

        self.demo_pill = LightPill(self.bar)
        self.demo_pill.setObjectName(u"demo_pill")

        self.layout_2.addWidget(self.demo_pill)

        self.space_1 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_2.addItem(self.space_1)

        self.gate_pill = LightPill(self.bar)
        self.gate_pill.setObjectName(u"gate_pill")

        self.layout_2.addWidget(self.gate_pill)

        self.share_pill = LightPill(self.bar)
        self.share_pill.setObjectName(u"share_pill")

        self.layout_2.addWidget(self.share_pill)

        self.day_text = DimText(self.bar)
        self.day_text.setObjectName(u"day_text")

        self.layout_2.addWidget(self.day_text)

        self.clock_text = HeadText(self.bar)
        self.clock_text.setObjectName(u"clock_text")

        self.layout_2.addWidget(self.clock_text)


        self.layout_7.addWidget(self.bar)

        self.middle = QHBoxLayout()
        self.middle.setSpacing(0)
        self.middle.setObjectName(u"middle")
        self.middle.setContentsMargins(0, 0, 0, 0)
        self.rail = Bar(MainFrame)
        self.rail.setObjectName(u"rail")
        self.rail_layout = QVBoxLayout(self.rail)
        self.rail_layout.setSpacing(4)
        self.rail_layout.setObjectName(u"rail_layout")
        self.rail_layout.setContentsMargins(4, 8, 5, 8)

        self.middle.addWidget(self.rail)

        self.page_layout = QVBoxLayout()
        self.page_layout.setSpacing(0)
        self.page_layout.setObjectName(u"page_layout")
        self.page_layout.setContentsMargins(0, 0, 0, 0)
        self.banner_layout = QHBoxLayout()
        self.banner_layout.setObjectName(u"banner_layout")
        self.banner_layout.setContentsMargins(0, 0, 0, 0)
        self.banner = Banner(MainFrame)
        self.banner.setObjectName(u"banner")

        self.banner_layout.addWidget(self.banner)


        self.page_layout.addLayout(self.banner_layout)

        self.pages = QStackedWidget(MainFrame)
        self.pages.setObjectName(u"pages")

        self.page_layout.addWidget(self.pages)


        self.middle.addLayout(self.page_layout)


        self.layout_7.addLayout(self.middle)


        self.retranslateUi(MainFrame)

        QMetaObject.connectSlotsByName(MainFrame)
    # setupUi

    def retranslateUi(self, MainFrame):
        self.program_name.setText(QCoreApplication.translate("MainFrame", u"Collector Desk", None))
        pass
    # retranslateUi

