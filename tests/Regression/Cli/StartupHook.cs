/// <summary>
/// What the runtime calls before the main method of a process whose <c>DOTNET_STARTUP_HOOKS</c> names this assembly. At its end the process
/// writes the line of /proc/self/status with the peak of its resident set to the file that <see cref="FileVariable"/> names.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime looks for this name outside of any namespace.
internal static class StartupHook
{
    public const string FileVariable = "MWORK_TEST_PEAK";

    public static void Initialize() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        File.WriteAllLines(
            Environment.GetEnvironmentVariable(FileVariable)!,
            File.ReadLines("/proc/self/status").Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)));
}
