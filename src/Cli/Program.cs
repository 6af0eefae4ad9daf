using Rialto.Cli;

using var services = new Composition();
return await CommandLine.RunAsync(services, args);
