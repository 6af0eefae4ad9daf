using Rialto.Cli;

await using var services = new Composition();
return await CommandLine.RunAsync(services, args);
