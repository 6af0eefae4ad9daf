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
            ProjectCategory.Application => ["应用程序", "アプリケーション", "تطبيق", "برنامه", "Anwendung", "Aplicación", "Application"],
            ProjectCategory.Library => ["程序库", "ライブラリ", "مكتبة برمجية", "کتابخانه", "Bibliothek", "Biblioteca", "Bibliothèque"],
            ProjectCategory.Framework => ["框架", "フレームワーク", "إطار عمل", "چارچوب", "Framework", "Framework", "Framework"],
            ProjectCategory.CommandLineTool => ["命令行工具", "コマンドラインツール", "أداة سطر أوامر", "ابزار خط فرمان", "Befehlszeilenwerkzeug", "Herramienta de línea de órdenes", "Outil en ligne de commande"],
            ProjectCategory.Service => ["服务", "サービス", "خدمة", "سرویس", "Dienst", "Servicio", "Service"],
            ProjectCategory.Plugin => ["插件", "プラグイン", "إضافة", "افزونه", "Erweiterung", "Complemento", "Extension"],
            ProjectCategory.Website => ["网站", "ウェブサイト", "موقع", "وب‌گاه", "Website", "Sitio web", "Site web"],
            ProjectCategory.Documentation => ["文档", "ドキュメント", "توثيق", "مستندات", "Dokumentation", "Documentación", "Documentation"],
            ProjectCategory.Dataset => ["数据集", "データセット", "مجموعة بيانات", "مجموعه داده", "Datensatz", "Conjunto de datos", "Jeu de données"],
            ProjectCategory.Game => ["游戏", "ゲーム", "لعبة", "بازی", "Spiel", "Juego", "Jeu"],
            ProjectCategory.MachineLearning => ["机器学习", "機械学習", "تعلّم آلي", "یادگیری ماشین", "Maschinelles Lernen", "Aprendizaje automático", "Apprentissage automatique"],
            ProjectCategory.Infrastructure => ["基础设施", "インフラ", "بنية تحتية", "زیرساخت", "Infrastruktur", "Infraestructura", "Infrastructure"],
            ProjectCategory.Template => ["模板", "テンプレート", "قالب", "قالب", "Vorlage", "Plantilla", "Modèle"],
            ProjectCategory.Research => ["研究", "研究", "بحث", "پژوهش", "Forschung", "Investigación", "Recherche"],
            ProjectCategory.Font => ["字体", "フォント", "خط", "قلم", "Schrift", "Tipo de letra", "Police"],
            _ => ["项目", "プロジェクト", "مشروع", "پروژه", "Projekt", "Proyecto", "Projet"],
        };
        return names[language switch { "zh" => 0, "ja" => 1, "ar" => 2, "fa" => 3, "de" => 4, "es" => 5, _ => 6 }];
    }
}
