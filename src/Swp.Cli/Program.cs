using Swp.Cli.Invocation;
using Swp.Cli.Output;

return await SwpTool.RunAsync(args, CliConsole.OfProcess());
