using TwilioEmu.Host.Setup;

namespace TwilioEmu.Host.Fixtures;

/// <summary>A base for fixtures: starts an emulator before the first test and ends it after the last.</summary>
/// <remarks>
/// Names no test framework. Its two methods are those of xunit.v3's <c>IAsyncLifetime</c>, so that a derived class only has to say so:
/// <c>public sealed class Twilio : TwilioEmuFixture, IAsyncLifetime;</c>. Tests that share one keep apart by accounts and phones of their own.
/// </remarks>
public class TwilioEmuFixture : IAsyncDisposable
{
    private TwilioEmuHost? _host;

    /// <summary>The emulator.</summary>
    /// <exception cref="InvalidOperationException">It was not started, or has ended.</exception>
    public TwilioEmuHost Host => _host ?? throw new InvalidOperationException("the emulator is not running: the fixture's InitializeAsync starts it");

    /// <summary>What it is asked to be.</summary>
    protected virtual TwilioEmuHostOptions Options => new();

    /// <summary>Starts it.</summary>
    public virtual async ValueTask InitializeAsync() => _host = await TwilioEmuHost.StartAsync(Options);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Interlocked.Exchange(ref _host, null) is { } host) await host.DisposeAsync();
    }
}
