using Microsoft.Extensions.Logging.Abstractions;

namespace TwilioEmu.Hosting;

/// <summary>
/// The host's log for the server's own troubles, without a trace of each request:
/// the journal tells those, and an activity for each costs its share.
/// </summary>
internal sealed class ServerLogs(ILoggerFactory logs) : ILoggerFactory
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => categoryName == Requests ? NullLogger.Instance : logs.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => logs.AddProvider(provider);

    /// <summary>The factory is its host's.</summary>
    public void Dispose()
    {
    }
}
