using MWork.Cli.Commands;

return Root.Create().Parse(args).Invoke();
