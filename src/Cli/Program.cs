Console.WriteLine("rialto");
return 0;
