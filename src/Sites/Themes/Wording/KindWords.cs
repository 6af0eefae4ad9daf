using Rialto.Analysis;

namespace Rialto.Sites.Themes.Wording;

/// <summary>Says what kind of project it is and for whom: "Command-line tool for developers".</summary>
internal static class KindWords
{
    public static string Of(ProjectCategory category, Audience audience, UiWords words)
    {
        if (words.Language != "en") return Local(category, words.Language);
        var kind = category switch
        {
            ProjectCategory.CommandLineTool => "Command-line tool",
            ProjectCategory.MachineLearning => "Machine learning",
            ProjectCategory.Other => "Project",
            _ => category.ToString(),
        };
        return audience switch
        {
            Audience.Everyone => $"{kind} for everyone",
            Audience.DataScientists => $"{kind} for data scientists",
            Audience.EndUsers => kind,
            _ => $"{kind} for {audience.ToString().ToLowerInvariant()}",
        };
    }

    private static string Local(ProjectCategory category, string language)
    {
        string[] names = category switch
        {
            ProjectCategory.Application => ["应用程序", "アプリケーション", "تطبيق", "برنامه"],
            ProjectCategory.Library => ["程序库", "ライブラリ", "مكتبة برمجية", "کتابخانه"],
            ProjectCategory.Framework => ["框架", "フレームワーク", "إطار عمل", "چارچوب"],
            ProjectCategory.CommandLineTool => ["命令行工具", "コマンドラインツール", "أداة سطر أوامر", "ابزار خط فرمان"],
            ProjectCategory.Service => ["服务", "サービス", "خدمة", "سرویس"],
            ProjectCategory.Plugin => ["插件", "プラグイン", "إضافة", "افزونه"],
            ProjectCategory.Website => ["网站", "ウェブサイト", "موقع", "وب‌گاه"],
            ProjectCategory.Documentation => ["文档", "ドキュメント", "توثيق", "مستندات"],
            ProjectCategory.Dataset => ["数据集", "データセット", "مجموعة بيانات", "مجموعه داده"],
            ProjectCategory.Game => ["游戏", "ゲーム", "لعبة", "بازی"],
            ProjectCategory.MachineLearning => ["机器学习", "機械学習", "تعلّم آلي", "یادگیری ماشین"],
            ProjectCategory.Infrastructure => ["基础设施", "インフラ", "بنية تحتية", "زیرساخت"],
            ProjectCategory.Template => ["模板", "テンプレート", "قالب", "قالب"],
            ProjectCategory.Research => ["研究", "研究", "بحث", "پژوهش"],
            ProjectCategory.Font => ["字体", "フォント", "خط", "قلم"],
            _ => ["项目", "プロジェクト", "مشروع", "پروژه"],
        };
        return names[language switch { "zh" => 0, "ja" => 1, "ar" => 2, _ => 3 }];
    }
}
