# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'agency.ui'
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
    HeadText)

class Ui_AgencyForm(object):
    def setupUi(self, AgencyForm):
        if not AgencyForm.objectName():
            AgencyForm.setObjectName(u"AgencyForm")
        self.layout_11 = QVBoxLayout(AgencyForm)
        self.layout_11.setObjectName(u"layout_11")
        self.layout_11.setContentsMargins(0, 0, 0, 0)
        self.card = CardFrame(AgencyForm)
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

        self.layout_6 = QGridLayout()
        self.layout_6.setSpacing(10)
        self.layout_6.setObjectName(u"layout_6")
        self.layout_1 = QVBoxLayout()
        self.layout_1.setSpacing(3)
        self.layout_1.setObjectName(u"layout_1")
        self.agency_label = DimText(self.card)
        self.agency_label.setObjectName(u"agency_label")

        self.layout_1.addWidget(self.agency_label)

        self.agency = QLineEdit(self.card)
        self.agency.setObjectName(u"agency")

        self.layout_1.addWidget(self.agency)

        self.agency_error = ErrorText(self.card)
        self.agency_error.setObjectName(u"agency_error")

        self.layout_1.addWidget(self.agency_error)


        self.layout_6.addLayout(self.layout_1, 0, 0, 1, 1)

        self.layout_2 = QVBoxLayout()
        self.layout_2.setSpacing(3)
        self.layout_2.setObjectName(u"layout_2")
        self.neutral_name_label = DimText(self.card)
        self.neutral_name_label.setObjectName(u"neutral_name_label")

        self.layout_2.addWidget(self.neutral_name_label)

        self.neutral_name = QLineEdit(self.card)
        self.neutral_name.setObjectName(u"neutral_name")

        self.layout_2.addWidget(self.neutral_name)

        self.neutral_name_error = ErrorText(self.card)
        self.neutral_name_error.setObjectName(u"neutral_name_error")

        self.layout_2.addWidget(self.neutral_name_error)


        self.layout_6.addLayout(self.layout_2, 0, 1, 1, 1)

        self.layout_3 = QVBoxLayout()
        self.layout_3.setSpacing(3)
        self.layout_3.setObjectName(u"layout_3")
        self.hotline_label = DimText(self.card)
        self.hotline_label.setObjectName(u"hotline_label")

        self.layout_3.addWidget(self.hotline_label)

        self.hotline = QLineEdit(self.card)
        self.hotline.setObjectName(u"hotline")

        self.layout_3.addWidget(self.hotline)

        self.hotline_error = ErrorText(self.card)
        self.hotline_error.setObjectName(u"hotline_error")

        self.layout_3.addWidget(self.hotline_error)


        self.layout_6.addLayout(self.layout_3, 1, 0, 1, 1)

        self.layout_4 = QVBoxLayout()
        self.layout_4.setSpacing(3)
        self.layout_4.setObjectName(u"layout_4")
        self.office_address_label = DimText(self.card)
        self.office_address_label.setObjectName(u"office_address_label")

        self.layout_4.addWidget(self.office_address_label)

        self.office_address = QLineEdit(self.card)
        self.office_address.setObjectName(u"office_address")

        self.layout_4.addWidget(self.office_address)

        self.office_address_error = ErrorText(self.card)
        self.office_address_error.setObjectName(u"office_address_error")

        self.layout_4.addWidget(self.office_address_error)


        self.layout_6.addLayout(self.layout_4, 1, 1, 1, 1)

        self.layout_5 = QVBoxLayout()
        self.layout_5.setSpacing(3)
        self.layout_5.setObjectName(u"layout_5")
        self.letterhead_label = DimText(self.card)
        self.letterhead_label.setObjectName(u"letterhead_label")

        self.layout_5.addWidget(self.letterhead_label)

        self.letterhead = QLineEdit(self.card)
        self.letterhead.setObjectName(u"letterhead")

        self.layout_5.addWidget(self.letterhead)

        self.letterhead_error = ErrorText(self.card)
        self.letterhead_error.setObjectName(u"letterhead_error")

        self.layout_5.addWidget(self.letterhead_error)


        self.layout_6.addLayout(self.layout_5, 2, 0, 1, 2)


        self.layout_9.addLayout(self.layout_6)

        self.layout_8 = QHBoxLayout()
        self.layout_8.setObjectName(u"layout_8")
        self.manager_only = DimText(self.card)
        self.manager_only.setObjectName(u"manager_only")

        self.layout_8.addWidget(self.manager_only)

        self.space_7 = QSpacerItem(10, 10, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.layout_8.addItem(self.space_7)

        self.save_button = QPushButton(self.card)
        self.save_button.setObjectName(u"save_button")
        self.save_button.setAutoDefault(True)

        self.layout_8.addWidget(self.save_button)


        self.layout_9.addLayout(self.layout_8)


        self.layout_11.addWidget(self.card)

        self.space_10 = QSpacerItem(10, 10, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.layout_11.addItem(self.space_10)

#if QT_CONFIG(shortcut)
        self.agency_label.setBuddy(self.agency)
        self.neutral_name_label.setBuddy(self.neutral_name)
        self.hotline_label.setBuddy(self.hotline)
        self.office_address_label.setBuddy(self.office_address)
        self.letterhead_label.setBuddy(self.letterhead)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(AgencyForm)

        self.save_button.setDefault(True)


        QMetaObject.connectSlotsByName(AgencyForm)
    # setupUi

    def retranslateUi(self, AgencyForm):
        self.title.setText(QCoreApplication.translate("AgencyForm", u"The agency", None))
        self.explain.setText(QCoreApplication.translate("AgencyForm", u"These names stand in scripts, letters and reports. Third parties are only ever told the neutral name.", None))
        self.agency_label.setText(QCoreApplication.translate("AgencyForm", u"Agency name", None))
#if QT_CONFIG(accessibility)
        self.agency.setAccessibleName(QCoreApplication.translate("AgencyForm", u"Agency name", None))
#endif // QT_CONFIG(accessibility)
        self.neutral_name_label.setText(QCoreApplication.translate("AgencyForm", u"Neutral name told to third parties", None))
#if QT_CONFIG(accessibility)
        self.neutral_name.setAccessibleName(QCoreApplication.translate("AgencyForm", u"Neutral name told to third parties", None))
#endif // QT_CONFIG(accessibility)
        self.hotline_label.setText(QCoreApplication.translate("AgencyForm", u"Telephone for debtors' questions", None))
#if QT_CONFIG(accessibility)
        self.hotline.setAccessibleName(QCoreApplication.translate("AgencyForm", u"Telephone for debtors' questions", None))
#endif // QT_CONFIG(accessibility)
        self.office_address_label.setText(QCoreApplication.translate("AgencyForm", u"Address of the office", None))
#if QT_CONFIG(accessibility)
        self.office_address.setAccessibleName(QCoreApplication.translate("AgencyForm", u"Address of the office", None))
#endif // QT_CONFIG(accessibility)
        self.letterhead_label.setText(QCoreApplication.translate("AgencyForm", u"Line under the agency's name on letters and reports", None))
#if QT_CONFIG(accessibility)
        self.letterhead.setAccessibleName(QCoreApplication.translate("AgencyForm", u"Line under the agency's name on letters and reports", None))
#endif // QT_CONFIG(accessibility)
        self.manager_only.setText(QCoreApplication.translate("AgencyForm", u"Only a manager can change this.", None))
        self.save_button.setText(QCoreApplication.translate("AgencyForm", u"Save", None))
        pass
    # retranslateUi

