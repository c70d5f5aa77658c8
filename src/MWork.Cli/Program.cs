using MWork.Cli;
using MWork.Cli.Commands;

using var interruption = new Interruption();
return await interruption.RunAsync(cancellation => Root.Run(args, Terminal.OfProcess(), cancellation));
