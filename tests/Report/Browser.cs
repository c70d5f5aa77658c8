using Microsoft.Playwright;

namespace MWork.ReportTests;

/// <summary>Headless Chromium for the tests of this assembly: Debian's, or the one that MWORK_CHROMIUM names.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Variable = "MWORK_CHROMIUM";

    // Milliseconds; a machine that does other work as well draws a long page in more than the half minute that is usual.
    private const float SlowMachine = 180_000;

    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is no browser; null where there is one.</summary>
    public string? Missing { get; private set; }

    public async Task InitializeAsync()
    {
        if (Path() is not { } path)
        {
            Missing = $"no browser: install chromium, or name one by {Variable}";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A page of its own, in a window of this width.</summary>
    public async Task<IPage> OpenAsync(int width, ColorScheme scheme, bool scripts = true)
    {
        Skip.If(Missing is not null, Missing);
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
        });
        context.SetDefaultTimeout(SlowMachine);
        return await context.NewPageAsync();
    }

    private static string? Path() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => s_names.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
