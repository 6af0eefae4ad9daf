namespace Rialto.Analysis;

/// <summary>
/// Architecture and design patterns that folders, dependencies and names prove. Each rule asks for marks that agree;
/// a single weak mark is not reported, since a wrong pattern is worse than a missing one.
/// </summary>
internal static class PatternReader
{
    public static IReadOnlyList<PatternFacts> Read(Signals signals)
    {
        var found = new List<PatternFacts>();
        Architecture(signals, found);
        Interfaces(signals, found);
        Design(signals, found);
        return [.. found.OrderByDescending(pattern => pattern.Confidence).ThenBy(pattern => pattern.Name, StringComparer.Ordinal)];
    }

    private static void Architecture(Signals signals, List<PatternFacts> found)
    {
        var product = signals.Packages.Where(package => !package.IsAuxiliary && package.Ecosystem is not ("docker" or "helm")).ToList();
        var folders = product.Select(package => Path.GetDirectoryName(package.Manifest)).Distinct().ToList();
        if (folders.Count >= 3) Add("Monorepo", 0.95, $"{folders.Count} packages are kept in one repository.", product[0].Evidence, product[1].Evidence, product[2].Evidence);
        All("MVC", 0.9, "Models, views and controllers are kept in folders of their own.", signals.HasFolder("models", "model"), signals.HasFolder("views", "templates", "view"), signals.HasFolder("controllers", "controller"));
        if (found.TrueForAll(pattern => pattern.Name != "MVC"))
            All("MVC", 0.85, "Controllers are classes of their own, views are templates, and the framework puts them together.", Several(signals, "Controller", 2), Views(signals),
                signals.Depends("org.springframework.boot:spring-boot-starter-web", "org.springframework.boot:spring-boot-starter-webmvc", "org.springframework:spring-webmvc", "laravel/framework", "rails", "symfony/framework-bundle", "Microsoft.AspNetCore.Mvc"));
        All("Hexagonal architecture", 0.9, "Ports, adapters and the domain are kept apart.", Siblings(signals, ["ports", "port"], ["adapters", "adapter"], ["domain"]));
        All("Clean architecture", 0.85, "Domain, application and infrastructure are kept apart.", Siblings(signals, ["domain"], ["application"], ["infrastructure"]));
        All("Layered architecture", 0.75, "Controllers, services and repositories are kept in layers.", Siblings(signals, ["controllers", "controller"], ["services", "service"], ["repositories", "repository", "dao"]));
        var images = signals.Packages.Where(package => package.Ecosystem == "docker" && package.Manifest.Contains('/')).GroupBy(package => package.Manifest.Split('/')[^2]).Select(group => group.First()).ToList();
        var services = signals.HasPath("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml", "skaffold.yaml");
        if (images.Count >= 3 && services is not null && (signals.HasFolder("services", "microservices") is not null || signals.Says("microservice"))) Add("Microservices", 0.85, $"{images.Count} services are built into images of their own and composed.", [images[0].Evidence, images[1].Evidence, services.Value]);
        All("CQRS", 0.8, "Commands and queries are handled apart.", signals.HasFolder("commands", "command"), signals.HasFolder("queries", "query"), signals.Depends("MediatR", "@nestjs/cqrs", "org.axonframework:axon-spring-boot-starter", "Wolverine"));

        void Add(string name, double confidence, string reason, params Evidence[] evidence) => found.Add(new(name, "architecture", confidence, reason, evidence));

        void All(string name, double confidence, string reason, params IReadOnlyList<Evidence?> marks)
        {
            if (marks.Count > 0 && marks.All(mark => mark is not null)) Add(name, confidence, reason, [.. marks.Select(mark => mark!.Value)]);
        }
    }

    /// <summary>A folder of each kind, all below the same one (also as endings of projects' names, <c>Shop.Domain</c>); empty when they are not together.</summary>
    private static IReadOnlyList<Evidence?> Siblings(Signals signals, params string[][] kinds)
    {
        foreach (var parent in signals.Content.Folders.Where(folder => !AuxiliaryPaths.Contains(folder + "/x")).GroupBy(folder => Path.GetDirectoryName(folder)))
        {
            var found = kinds.Select(names => parent.Order(StringComparer.Ordinal).FirstOrDefault(folder => Path.GetFileName(folder).Split('.')[^1].ToLowerInvariant() is var last && names.Contains(last))).ToList();
            if (found.TrueForAll(folder => folder is not null)) return [.. found.Select(folder => (Evidence?)signals.Content.At(folder!))];
        }
        return [];
    }

    private static void Interfaces(Signals signals, List<PatternFacts> found)
    {
        Add("REST API", 0.85, "An OpenAPI description is part of the repository.", signals.HasFile(path => Path.GetFileName(path).ToLowerInvariant() is "openapi.yaml" or "openapi.yml" or "openapi.json" or "swagger.yaml" or "swagger.json"));
        Add("REST API", 0.7, "It depends on a web framework whose endpoints are in a folder of their own.", Both(signals.Depends("express", "fastify", "koa", "@nestjs/core", "fastapi", "djangorestframework", "flask-restful", "org.springframework.boot:spring-boot-starter-web", "github.com/gin-gonic/gin", "github.com/labstack/echo/v4", "actix-web", "axum", "laravel/framework"), signals.HasFolder("routes", "controllers", "endpoints", "handlers", "routers")));
        Add("GraphQL", 0.85, "It depends on a GraphQL server.", signals.Depends("@apollo/server", "apollo-server", "graphql-yoga", "HotChocolate.AspNetCore", "strawberry-graphql", "graphene", "github.com/99designs/gqlgen", "async-graphql", "com.graphql-java:graphql-java"));
        Add("gRPC", 0.85, "It depends on gRPC and describes its services in Protocol Buffers.", Both(signals.Depends("@grpc/grpc-js", "grpcio", "tonic", "Grpc.AspNetCore", "google.golang.org/grpc", "io.grpc:grpc-netty", "io.grpc:grpc-stub"), signals.HasFile(path => path.EndsWith(".proto", StringComparison.Ordinal))));
        Add("Event-driven", 0.8, "It depends on a message broker's client.", signals.Depends("kafkajs", "amqplib", "MassTransit", "RabbitMQ.Client", "Confluent.Kafka", "pika", "confluent-kafka", "aiokafka", "rdkafka", "lapin", "org.springframework.kafka:spring-kafka", "github.com/segmentio/kafka-go", "github.com/nats-io/nats.go", "celery"));
        Add("Plugin architecture", 0.8, "Plugins are loaded from a folder of their own, and the project calls itself extensible.", signals.HasFolder("plugins", "extensions", "addons") is { } plugins && (signals.Says("plugin", "extensible", "extension", "pluggable") || signals.Features.Any(feature => feature.Title.Contains("plugin", StringComparison.OrdinalIgnoreCase))) ? plugins : null);
        var tool = CategoryRules.Tool(signals);
        Add("CLI", tool.Confidence, "It is a program for the command line.", tool.Evidence);

        void Add(string name, double confidence, string reason, Evidence? evidence)
        {
            if (evidence is not null && !found.Any(pattern => pattern.Name == name)) found.Add(new(name, "architecture", confidence, reason, [evidence.Value]));
        }
    }

    private static void Design(Signals signals, List<PatternFacts> found)
    {
        (string Name, string Ending, int Least)[] rules = [("Repository", "Repository", 3), ("Factory", "Factory", 3), ("Observer", "Observer", 2), ("Strategy", "Strategy", 3), ("Visitor", "Visitor", 3), ("Builder", "Builder", 4), ("Adapter", "Adapter", 3), ("Decorator", "Decorator", 3), ("Middleware", "Middleware", 3)];
        foreach (var (name, ending, least) in rules)
        {
            var files = signals.Content.Files.Where(file => IsCode(file.FileName) && Named(file.FileName, ending) && !AuxiliaryPaths.Contains(file.Path)).Take(least * 3).ToList();
            if (files.Count >= least) found.Add(new(name, "design", Math.Min(0.9, 0.6 + 0.05 * (files.Count - least)), $"{(files.Count == least * 3 ? "More than " + (files.Count - 1) : files.Count)} source files are named for it.", [.. files.Take(3).Select(file => signals.Content.At(file.Path))]));
        }
    }

    /// <summary>A folder of page templates; to a framework they are its views, wherever else the name may mean a scaffold.</summary>
    private static Evidence? Views(Signals signals) =>
        signals.Content.Folders.Where(folder => folder.EndsWith("resources/templates", StringComparison.Ordinal) || folder.EndsWith("/views", StringComparison.OrdinalIgnoreCase) || folder is "views" or "templates" || folder.EndsWith("WEB-INF/jsp", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).FirstOrDefault() is { } found ? signals.Content.At(found) : null;

    // The packages of a Java product may well be called org.example or samples: what lies in src/main is the product.
    /// <summary>The first of at least <paramref name="least"/> source files with that ending in their names.</summary>
    private static Evidence? Several(Signals signals, string ending, int least)
    {
        var files = signals.Content.Files.Where(file => IsCode(file.FileName) && Named(file.FileName, ending) && (file.Path.Contains("src/main/", StringComparison.Ordinal) || !AuxiliaryPaths.Contains(file.Path))).Take(least).ToList();
        return files.Count == least ? signals.Content.At(files[0].Path) : null;
    }

    private static bool IsCode(string name) => Path.GetExtension(name).ToLowerInvariant() is ".cs" or ".java" or ".kt" or ".ts" or ".js" or ".py" or ".php" or ".rb" or ".go" or ".rs" or ".swift" or ".cpp" or ".scala" or ".dart";

    private static bool Named(string file, string ending)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name.Length > ending.Length && (name.EndsWith(ending, StringComparison.Ordinal) || name.EndsWith("_" + ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith("-" + ending, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + ending, StringComparison.OrdinalIgnoreCase));
    }

    private static Evidence? Both(Evidence? first, Evidence? second) => first is not null && second is not null ? first : null;
}
