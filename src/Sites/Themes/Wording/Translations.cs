namespace Rialto.Sites.Themes.Wording;

/// <summary>The words in the languages of East Asia and the Near East.</summary>
internal static class Translations
{
    public static IReadOnlyList<UiWords> All { get; } =
    [
        new()
        {
            Language = "zh", Skip = "跳到正文", Menu = "菜单", Main = "主导航", Documentation = "文档", Docs = "文档", Changelog = "更新日志",
            Roadmap = "路线图", Licence = "许可证", Source = "源代码", GetStarted = "快速开始", ViewSource = "查看源代码", Install = "安装",
            Copy = "复制", Copied = "已复制", Theme = "配色", Light = "浅色", Dark = "深色", Auto = "跟随系统", Search = "搜索",
            Features = "功能特性", Example = "第一个示例", Output = "输出", Proof = "项目数据", How = "项目构成", Architecture = "架构",
            Packages = "软件包", Languages = "编程语言", OtherLanguages = "其他", Gallery = "近距离看看", LatestChanges = "最近更新",
            AllChanges = "全部更新", AllPlans = "完整路线图", Contributors = "贡献者", ContributorsText = "感谢每一位提交者。",
            AndMore = "以及另外 {0} 位", Commits = "提交", CommitsOf = "{0} 次提交", Releases = "发布", Version = "版本", Released = "发布于 {0}",
            LastChange = "最近提交", ActivityYear = "过去 52 周每周提交数", ActivityText = "52 周内共 {0} 次提交，最多的一周 {1} 次。",
            Tasks = "任务", TasksDone = "{1} 项中已完成 {0} 项", Done = "已完成", Active = "进行中", Planned = "计划中", Unreleased = "未发布",
            OnThisPage = "本页目录", Previous = "上一页", Next = "下一页", EditPage = "编辑此页", Breadcrumbs = "面包屑", Home = "首页",
            NotFound = "页面不存在", NotFoundText = "地址可能已过期或有误，可以从这里继续：", Share = "分享", ByMail = "通过邮件",
            MadeWith = "由 Rialto 生成", FromCommit = "基于提交 {0}", ReadDocs = "阅读文档", OsiApproved = "OSI 认证", TryIt = "试用 {0}",
            Project = "项目", MorePages = "更多", Build = "构建状态", Coverage = "测试覆盖率", Chat = "社区交流", Quality = "代码质量", Links = "相关链接", Evidence = "出处：{0}",
            NothingFound = "没有找到“{0}”", Results = "{0} 条结果", SearchFailed = "无法加载搜索索引。", Close = "关闭",
        },
        new()
        {
            Language = "ja", Skip = "本文へ移動", Menu = "メニュー", Main = "メイン", Documentation = "ドキュメント", Docs = "ドキュメント", Changelog = "変更履歴",
            Roadmap = "ロードマップ", Licence = "ライセンス", Source = "ソース", GetStarted = "はじめる", ViewSource = "ソースを見る", Install = "インストール",
            Copy = "コピー", Copied = "コピーしました", Theme = "配色", Light = "ライト", Dark = "ダーク", Auto = "システムに合わせる", Search = "検索",
            Features = "主な機能", Example = "最初の例", Output = "出力", Proof = "数字で見る", How = "構成", Architecture = "アーキテクチャ",
            Packages = "パッケージ", Languages = "言語", OtherLanguages = "その他", Gallery = "詳しく見る", LatestChanges = "最近の変更",
            AllChanges = "すべての変更", AllPlans = "ロードマップ全体", Contributors = "コントリビューター", ContributorsText = "コミットで貢献した人たち。",
            AndMore = "ほか {0} 名", Commits = "コミット", CommitsOf = "{0} コミット", Releases = "リリース", Version = "バージョン", Released = "{0} 公開",
            LastChange = "最終更新", ActivityYear = "過去 52 週の週別コミット数", ActivityText = "52 週で {0} コミット、最多の週は {1}。",
            Tasks = "タスク", TasksDone = "{1} 件中 {0} 件完了", Done = "完了", Active = "進行中", Planned = "予定", Unreleased = "未リリース",
            OnThisPage = "このページの内容", Previous = "前へ", Next = "次へ", EditPage = "このページを編集", Breadcrumbs = "パンくず", Home = "ホーム",
            NotFound = "ページが見つかりません", NotFoundText = "アドレスが古いか間違っている可能性があります。こちらからどうぞ：", Share = "共有", ByMail = "メールで",
            MadeWith = "Rialto で作成", FromCommit = "コミット {0} より", ReadDocs = "ドキュメントを読む", OsiApproved = "OSI 承認", TryIt = "{0} を試す",
            Project = "プロジェクト", MorePages = "その他", Build = "ビルド状況", Coverage = "テストカバレッジ", Chat = "チャット", Quality = "コード品質", Links = "関連リンク", Evidence = "出典：{0}",
            NothingFound = "「{0}」は見つかりませんでした", Results = "{0} 件", SearchFailed = "検索インデックスを読み込めませんでした。", Close = "閉じる",
        },
        new()
        {
            Language = "ar", Skip = "انتقل إلى المحتوى", Menu = "القائمة", Main = "الرئيسية", Documentation = "التوثيق", Docs = "التوثيق", Changelog = "سجل التغييرات",
            Roadmap = "خارطة الطريق", Licence = "الرخصة", Source = "المصدر", GetStarted = "ابدأ الآن", ViewSource = "عرض المصدر", Install = "التثبيت",
            Copy = "نسخ", Copied = "تم النسخ", Theme = "الألوان", Light = "فاتح", Dark = "داكن", Auto = "كما في النظام", Search = "بحث",
            Features = "ما الذي يقدمه", Example = "مثال أول", Output = "الناتج", Proof = "بالأرقام", How = "كيف بُني", Architecture = "البنية",
            Packages = "الحزم", Languages = "لغات البرمجة", OtherLanguages = "أخرى", Gallery = "نظرة أقرب", LatestChanges = "أحدث التغييرات",
            AllChanges = "كل التغييرات", AllPlans = "خارطة الطريق كاملة", Contributors = "المساهمون", ContributorsText = "من صنعوه بمساهماتهم.",
            AndMore = "و{0} آخرون", Commits = "الإيداعات", CommitsOf = "{0} إيداع", Releases = "الإصدارات", Version = "الإصدار", Released = "صدر في {0}",
            LastChange = "آخر تغيير", ActivityYear = "الإيداعات الأسبوعية خلال 52 أسبوعًا", ActivityText = "{0} إيداع خلال 52 أسبوعًا، وأكثر الأسابيع {1}.",
            Tasks = "المهام", TasksDone = "أُنجز {0} من {1}", Done = "منجز", Active = "قيد التنفيذ", Planned = "مخطط", Unreleased = "لم يصدر بعد",
            OnThisPage = "في هذه الصفحة", Previous = "السابق", Next = "التالي", EditPage = "عدّل هذه الصفحة", Breadcrumbs = "مسار التنقل", Home = "الصفحة الأولى",
            NotFound = "لا توجد صفحة هنا", NotFoundText = "قد يكون العنوان قديمًا أو مكتوبًا خطأً. من هنا يمكنك المتابعة:", Share = "مشاركة", ByMail = "بالبريد",
            MadeWith = "صُنع بواسطة Rialto", FromCommit = "من الإيداع {0}", ReadDocs = "اقرأ التوثيق", OsiApproved = "معتمدة من OSI", TryIt = "جرّب {0}",
            Project = "المشروع", MorePages = "المزيد", Build = "حالة البناء", Coverage = "تغطية الاختبارات", Chat = "محادثة المجتمع", Quality = "جودة الشيفرة", Links = "روابط", Evidence = "المصدر: {0}",
            NothingFound = "لا نتائج لـ «{0}»", Results = "{0} نتيجة", SearchFailed = "تعذر تحميل فهرس البحث.", Close = "إغلاق",
        },
        new()
        {
            Language = "fa", Skip = "رفتن به محتوا", Menu = "فهرست", Main = "اصلی", Documentation = "مستندات", Docs = "مستندات", Changelog = "تغییرات",
            Roadmap = "نقشهٔ راه", Licence = "پروانه", Source = "کد منبع", GetStarted = "شروع کنید", ViewSource = "دیدن کد منبع", Install = "نصب",
            Copy = "رونوشت", Copied = "رونوشت شد", Theme = "رنگ‌بندی", Light = "روشن", Dark = "تیره", Auto = "مانند سیستم", Search = "جستجو",
            Features = "ویژگی‌ها", Example = "نخستین نمونه", Output = "خروجی", Proof = "به روایت اعداد", How = "ساختار", Architecture = "معماری",
            Packages = "بسته‌ها", Languages = "زبان‌های برنامه‌نویسی", OtherLanguages = "دیگر", Gallery = "نگاهی نزدیک‌تر", LatestChanges = "تازه‌ترین تغییرات",
            AllChanges = "همهٔ تغییرات", AllPlans = "نقشهٔ راه کامل", Contributors = "مشارکت‌کنندگان", ContributorsText = "کسانی که آن را ساخته‌اند.",
            AndMore = "و {0} نفر دیگر", Commits = "کامیت‌ها", CommitsOf = "{0} کامیت", Releases = "انتشارها", Version = "نسخه", Released = "انتشار {0}",
            LastChange = "آخرین تغییر", ActivityYear = "کامیت‌های هفتگی در ۵۲ هفته", ActivityText = "{0} کامیت در ۵۲ هفته؛ پرکارترین هفته {1}.",
            Tasks = "کارها", TasksDone = "{0} از {1} انجام شده", Done = "انجام شد", Active = "در حال انجام", Planned = "برنامه‌ریزی‌شده", Unreleased = "منتشرنشده",
            OnThisPage = "در این صفحه", Previous = "قبلی", Next = "بعدی", EditPage = "ویرایش این صفحه", Breadcrumbs = "مسیر", Home = "خانه",
            NotFound = "اینجا صفحه‌ای نیست", NotFoundText = "شاید نشانی قدیمی یا نادرست باشد. از اینجا ادامه دهید:", Share = "هم‌رسانی", ByMail = "با ایمیل",
            MadeWith = "ساخته‌شده با Rialto", FromCommit = "از کامیت {0}", ReadDocs = "خواندن مستندات", OsiApproved = "تأییدشدهٔ OSI", TryIt = "{0} را بیازمایید",
            Project = "پروژه", MorePages = "بیشتر", Build = "وضعیت ساخت", Coverage = "پوشش آزمون", Chat = "گفتگو", Quality = "کیفیت کد", Links = "پیوندها", Evidence = "سند: {0}",
            NothingFound = "چیزی برای «{0}» یافت نشد", Results = "{0} نتیجه", SearchFailed = "نمایهٔ جستجو بارگذاری نشد.", Close = "بستن",
        },
    ];
}
