using BenchmarkDotNet.Running;
using Swp.Bench.Micro;

// dotnet run -c Release --project bench/Swp.Bench.Micro -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(CodecBenchmarks).Assembly).Run(args);
