using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Rialto.Kernel.Tests")]
