namespace Rialto.Sites.Themes.Wording;

/// <summary>The words in the other languages of Europe that we speak.</summary>
internal static class WesternTranslations
{
    public static IReadOnlyList<UiWords> All { get; } =
    [
        new()
        {
            Language = "de", Skip = "Zum Inhalt springen", Menu = "Menü", Main = "Hauptnavigation", Documentation = "Dokumentation", Docs = "Dokumentation", Changelog = "Änderungen",
            Roadmap = "Fahrplan", Licence = "Lizenz", Source = "Quelltext", GetStarted = "Loslegen", ViewSource = "Quelltext ansehen", Install = "Installation",
            Copy = "Kopieren", Copied = "Kopiert", Theme = "Farbschema", Light = "Hell", Dark = "Dunkel", Auto = "Wie das System", Search = "Suchen",
            Features = "Was es kann", Example = "Ein erstes Beispiel", Output = "Ausgabe", Proof = "In Zahlen", How = "Wie es gebaut ist", Architecture = "Architektur",
            Packages = "Pakete", Languages = "Sprachen", OtherLanguages = "Andere", Gallery = "Näher betrachtet", LatestChanges = "Neueste Änderungen",
            AllChanges = "Alle Änderungen", AllPlans = "Ganzer Fahrplan", Contributors = "Mitwirkende", ContributorsText = "Die Menschen, deren Commits es geschaffen haben.",
            AndMore = "und {0} weitere", Commits = "Commits", CommitsOf = "{0} Commits", Releases = "Veröffentlichungen", Version = "Version", Released = "veröffentlicht am {0}",
            LastChange = "Letzte Änderung", ActivityYear = "Commits je Woche in 52 Wochen", ActivityText = "{0} Commits in 52 Wochen, in der regsten {1}.",
            Tasks = "Aufgaben", TasksDone = "{0} von {1} erledigt", Done = "Erledigt", Active = "In Arbeit", Planned = "Geplant", Unreleased = "Unveröffentlicht",
            OnThisPage = "Auf dieser Seite", Previous = "Zurück", Next = "Weiter", EditPage = "Seite bearbeiten", Breadcrumbs = "Pfad", Home = "Start",
            NotFound = "Hier ist keine Seite", NotFoundText = "Die Adresse ist vielleicht veraltet oder vertippt. Von hier geht es weiter:", Share = "Teilen", ByMail = "Per E-Mail",
            MadeWith = "Erstellt mit Rialto", FromCommit = "Aus Commit {0}", ReadDocs = "Dokumentation lesen", OsiApproved = "von der OSI anerkannt", TryIt = "{0} ausprobieren",
            Project = "Projekt", MorePages = "Weiteres", Build = "Build-Status", Coverage = "Testabdeckung", Chat = "Community-Chat", Quality = "Codequalität", Links = "Anderswo", Evidence = "Beleg: {0}",
            NothingFound = "Nichts gefunden für „{0}“", Results = "{0} Treffer", SearchFailed = "Der Suchindex konnte nicht geladen werden.", Close = "Schließen",
        },
        new()
        {
            Language = "es", Skip = "Saltar al contenido", Menu = "Menú", Main = "Navegación principal", Documentation = "Documentación", Docs = "Documentación", Changelog = "Cambios",
            Roadmap = "Hoja de ruta", Licence = "Licencia", Source = "Código fuente", GetStarted = "Empezar", ViewSource = "Ver el código", Install = "Instalación",
            Copy = "Copiar", Copied = "Copiado", Theme = "Colores", Light = "Claro", Dark = "Oscuro", Auto = "Como el sistema", Search = "Buscar",
            Features = "Qué ofrece", Example = "Un primer ejemplo", Output = "Salida", Proof = "En cifras", How = "Cómo está hecho", Architecture = "Arquitectura",
            Packages = "Paquetes", Languages = "Lenguajes", OtherLanguages = "Otros", Gallery = "Más de cerca", LatestChanges = "Últimos cambios",
            AllChanges = "Todos los cambios", AllPlans = "Toda la hoja de ruta", Contributors = "Colaboradores", ContributorsText = "Las personas que lo hicieron con sus commits.",
            AndMore = "y {0} más", Commits = "Commits", CommitsOf = "{0} commits", Releases = "Lanzamientos", Version = "Versión", Released = "publicada el {0}",
            LastChange = "Último cambio", ActivityYear = "Commits por semana en 52 semanas", ActivityText = "{0} commits en 52 semanas; la más activa tuvo {1}.",
            Tasks = "Tareas", TasksDone = "{0} de {1} hechas", Done = "Hecho", Active = "En curso", Planned = "Previsto", Unreleased = "Sin publicar",
            OnThisPage = "En esta página", Previous = "Anterior", Next = "Siguiente", EditPage = "Editar esta página", Breadcrumbs = "Ruta", Home = "Inicio",
            NotFound = "Aquí no hay ninguna página", NotFoundText = "La dirección puede ser antigua o estar mal escrita. Desde aquí se puede seguir:", Share = "Compartir", ByMail = "Por correo",
            MadeWith = "Hecho con Rialto", FromCommit = "Del commit {0}", ReadDocs = "Leer la documentación", OsiApproved = "aprobada por la OSI", TryIt = "Prueba {0}",
            Project = "Proyecto", MorePages = "Más", Build = "Estado de compilación", Coverage = "Cobertura de pruebas", Chat = "Chat de la comunidad", Quality = "Calidad del código", Links = "En otros sitios", Evidence = "Fuente: {0}",
            NothingFound = "Nada encontrado para «{0}»", Results = "{0} resultados", SearchFailed = "No se pudo cargar el índice de búsqueda.", Close = "Cerrar",
        },
        new()
        {
            Language = "fr", Skip = "Aller au contenu", Menu = "Menu", Main = "Navigation principale", Documentation = "Documentation", Docs = "Documentation", Changelog = "Nouveautés",
            Roadmap = "Feuille de route", Licence = "Licence", Source = "Code source", GetStarted = "Commencer", ViewSource = "Voir le code", Install = "Installation",
            Copy = "Copier", Copied = "Copié", Theme = "Couleurs", Light = "Clair", Dark = "Sombre", Auto = "Comme le système", Search = "Rechercher",
            Features = "Ce qu’il propose", Example = "Un premier exemple", Output = "Sortie", Proof = "En chiffres", How = "Comment c’est fait", Architecture = "Architecture",
            Packages = "Paquets", Languages = "Langages", OtherLanguages = "Autres", Gallery = "De plus près", LatestChanges = "Derniers changements",
            AllChanges = "Tous les changements", AllPlans = "Toute la feuille de route", Contributors = "Contributeurs", ContributorsText = "Celles et ceux dont les commits l’ont fait.",
            AndMore = "et {0} de plus", Commits = "Commits", CommitsOf = "{0} commits", Releases = "Versions publiées", Version = "Version", Released = "publiée le {0}",
            LastChange = "Dernier changement", ActivityYear = "Commits par semaine sur 52 semaines", ActivityText = "{0} commits en 52 semaines, jusqu’à {1} en une semaine.",
            Tasks = "Tâches", TasksDone = "{0} sur {1} terminées", Done = "Terminé", Active = "En cours", Planned = "Prévu", Unreleased = "Non publié",
            OnThisPage = "Sur cette page", Previous = "Précédent", Next = "Suivant", EditPage = "Modifier cette page", Breadcrumbs = "Fil d’Ariane", Home = "Accueil",
            NotFound = "Il n’y a pas de page ici", NotFoundText = "L’adresse est peut-être ancienne ou mal tapée. Pour continuer :", Share = "Partager", ByMail = "Par courriel",
            MadeWith = "Réalisé avec Rialto", FromCommit = "Du commit {0}", ReadDocs = "Lire la documentation", OsiApproved = "approuvée par l’OSI", TryIt = "Essayer {0}",
            Project = "Projet", MorePages = "Plus", Build = "État de la compilation", Coverage = "Couverture des tests", Chat = "Discussion", Quality = "Qualité du code", Links = "Ailleurs", Evidence = "Source : {0}",
            NothingFound = "Rien trouvé pour « {0} »", Results = "{0} résultats", SearchFailed = "L’index de recherche n’a pas pu être chargé.", Close = "Fermer",
        },
    ];
}
