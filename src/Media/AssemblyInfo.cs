using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Rialto.Media.Tests")]
