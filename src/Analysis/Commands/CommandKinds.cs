using Rialto.Kernel;

namespace Rialto.Analysis;

/// <summary>What a command line is for, and by which program. Rules are data: the first that matches decides.</summary>
internal static class CommandKinds
{
    /// <param name="Needs">True for an installation that must name the product to count: <c>apt install cmake</c> is somebody else's.</param>
    internal sealed record Rule(string Manager, CommandKind Kind, string Prefix, bool Needs = false);

    private static readonly Rule[] Rules =
    [
        .. Named("npm", "npm install ", "npm i ", "npm add ", "npm create ", "npm init "), .. Named("pnpm", "pnpm add ", "pnpm install ", "pnpm i ", "pnpm create ", "pnpm dlx "), .. Named("yarn", "yarn add ", "yarn global add ", "yarn create ", "yarn dlx "),
        .. Named("bun", "bun add ", "bun install ", "bun create ", "bunx "), .. Named("deno", "deno add ", "deno install "), .. Named("pip", "pip install ", "pip3 install ", "python -m pip install ", "python3 -m pip install ", "py -m pip install "),
        .. Named("pipx", "pipx install "), .. Named("uv", "uv add ", "uv tool install ", "uv pip install ", "uvx "), .. Named("poetry", "poetry add "), .. Named("conda", "conda install ", "mamba install "),
        .. Named("cargo", "cargo install ", "cargo add ", "cargo binstall "), .. Named("go", "go get ", "go install "), .. Named("brew", "brew install ", "brew cask install "), .. Named("port", "port install "),
        .. Named("apt", "apt install ", "apt-get install ", "apt-get -y install "), .. Named("dnf", "dnf install ", "yum install "), .. Named("pacman", "pacman -S "), .. Named("apk", "apk add "), .. Named("zypper", "zypper in ", "zypper install "), .. Named("nix", "nix-env ", "nix run ", "nix profile "), .. Named("emerge", "emerge "), .. Named("pkg", "pkg install ", "pkg_add "),
        .. Named("choco", "choco install "), .. Named("scoop", "scoop install "), .. Named("winget", "winget install "), .. Named("snap", "snap install "), .. Named("flatpak", "flatpak install "),
        .. Named("gem", "gem install ", "bundle add "), .. Named("composer", "composer require ", "composer global require ", "composer create-project "), .. Named("dotnet", "dotnet add package ", "dotnet tool install ", "dotnet package add ", "dotnet new install "), .. Named("nuget", "Install-Package "),
        .. Named("helm", "helm install "), .. Named("docker", "docker pull "), .. Named("mix", "mix archive.install "), .. Named("dart", "dart pub add ", "flutter pub add ", "dart pub global activate "), .. Named("luarocks", "luarocks install "), .. Named("cabal", "cabal install "), .. Named("opam", "opam install "), .. Named("vcpkg", "vcpkg install "), .. Named("conan", "conan install "),
        new("docker", CommandKind.Run, "docker run "), new("docker", CommandKind.Run, "docker compose up"), new("docker", CommandKind.Run, "docker-compose up"), new("npm", CommandKind.Run, "npx "), new("npm", CommandKind.Run, "npm start"), new("npm", CommandKind.Run, "npm run dev"), new("npm", CommandKind.Run, "npm run start"),
        new("pnpm", CommandKind.Run, "pnpm dev"), new("pnpm", CommandKind.Run, "pnpm start"), new("pnpm", CommandKind.Run, "pnpm run dev"), new("yarn", CommandKind.Run, "yarn dev"), new("yarn", CommandKind.Run, "yarn start"), new("cargo", CommandKind.Run, "cargo run"), new("go", CommandKind.Run, "go run "), new("dotnet", CommandKind.Run, "dotnet run"),
        new("maven", CommandKind.Run, "./mvnw spring-boot:run"), new("maven", CommandKind.Run, "mvn spring-boot:run"), new("gradle", CommandKind.Run, "./gradlew bootRun"), new("gradle", CommandKind.Run, "./gradlew run"), new("java", CommandKind.Run, "java -jar "), new("flask", CommandKind.Run, "flask run"), new("flask", CommandKind.Run, "flask --app"), new("make", CommandKind.Run, "make run"), new("uv", CommandKind.Run, "uv run "),
        new("npm", CommandKind.Test, "npm test"), new("npm", CommandKind.Test, "npm run test"), new("npm", CommandKind.Test, "npm t "), new("pnpm", CommandKind.Test, "pnpm test"), new("pnpm", CommandKind.Test, "pnpm run test"), new("yarn", CommandKind.Test, "yarn test"), new("bun", CommandKind.Test, "bun test"), new("pytest", CommandKind.Test, "pytest"), new("pytest", CommandKind.Test, "python -m pytest"), new("tox", CommandKind.Test, "tox"), new("cargo", CommandKind.Test, "cargo test"), new("go", CommandKind.Test, "go test"), new("dotnet", CommandKind.Test, "dotnet test"), new("make", CommandKind.Test, "make test"), new("make", CommandKind.Test, "make check"), new("maven", CommandKind.Test, "mvn test"), new("maven", CommandKind.Test, "./mvnw test"), new("gradle", CommandKind.Test, "./gradlew test"), new("gradle", CommandKind.Test, "gradle test"), new("rake", CommandKind.Test, "bundle exec rake test"), new("rake", CommandKind.Test, "rake test"), new("rspec", CommandKind.Test, "bundle exec rspec"), new("ctest", CommandKind.Test, "ctest"), new("mix", CommandKind.Test, "mix test"), new("zig", CommandKind.Test, "zig build test"), new("composer", CommandKind.Test, "composer test"), new("phpunit", CommandKind.Test, "vendor/bin/phpunit"),
        new("npm", CommandKind.Build, "npm run build"), new("pnpm", CommandKind.Build, "pnpm build"), new("pnpm", CommandKind.Build, "pnpm run build"), new("yarn", CommandKind.Build, "yarn build"), new("cargo", CommandKind.Build, "cargo build"), new("go", CommandKind.Build, "go build"), new("dotnet", CommandKind.Build, "dotnet build"), new("maven", CommandKind.Build, "mvn package"), new("maven", CommandKind.Build, "./mvnw package"), new("maven", CommandKind.Build, "mvn clean"), new("maven", CommandKind.Build, "./mvnw clean"), new("gradle", CommandKind.Build, "./gradlew build"), new("gradle", CommandKind.Build, "gradle build"), new("cmake", CommandKind.Build, "cmake "), new("zig", CommandKind.Build, "zig build"), new("docker", CommandKind.Build, "docker build "), new("make", CommandKind.Build, "make"), new("bazel", CommandKind.Build, "bazel build"),
    ];

    public static Rule? Of(string line)
    {
        var plain = line.StartsWith("sudo ", StringComparison.Ordinal) ? line[5..] : line;
        if (PipedToShell.IsMatch(plain)) return new Rule("curl", CommandKind.Install, "curl");
        foreach (var rule in Rules)
            if (plain.StartsWith(rule.Prefix, StringComparison.Ordinal) && !IsSupport(rule, plain) && (rule.Prefix[^1] == ' ' || plain.Length == rule.Prefix.Length || plain[rule.Prefix.Length] is ' ' or ':' or '.')) return Local(plain) && rule.Kind == CommandKind.Install ? rule with { Kind = CommandKind.Build } : rule;
        return null;
    }

    /// <summary>Starts something beside the product: <c>docker compose up mysql</c>.</summary>
    private static bool IsSupport(Rule rule, string line) => rule.Prefix.EndsWith("compose up", StringComparison.Ordinal) && line[rule.Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(word => word[0] != '-');

    /// <summary>Installs what a checkout needs, not the product: <c>pip install -r requirements.txt</c>, <c>pip install -e .</c>.</summary>
    private static bool Local(string line) => LocalInstall.IsMatch(line);

    private static IEnumerable<Rule> Named(string manager, params string[] prefixes) => prefixes.Select(prefix => new Rule(manager, CommandKind.Install, prefix, Needs: true));

    private static readonly LinearPattern PipedToShell = new(@"^(?:curl|wget|iwr|irm|powershell)\b.*(?:\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|\|\s*iex\b)|^(?:ba|z)?sh -c ""\$\(curl");
    private static readonly LinearPattern LocalInstall = new(@"\s-r\s|\s-e\s|\s\.(?:\[[^\]]*\])?$|\s\./|--path|requirements");
}
