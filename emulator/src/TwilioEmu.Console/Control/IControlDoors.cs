using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel;

namespace TwilioEmu.Console.Control;

/// <summary>What the control room needs of the process; composition implements it.</summary>
public interface IControlDoors
{
    /// <summary>The house as it stands; a reset puts another in its place, so it is asked for anew at every request.</summary>
    IControlHouse House { get; }

    /// <summary>The program's version.</summary>
    string Version { get; }

    /// <summary>True once every port listens.</summary>
    bool IsReady { get; }

    /// <summary>The root certificate clients of the TLS port and the proxy are to trust, PEM.</summary>
    string CaPem { get; }

    /// <summary>The machine's own roots and that one, PEM: for programs that trust one file only.</summary>
    string CaBundlePem { get; }

    /// <summary>Back to the configured start, seed included.</summary>
    Task ResetAsync();
}

/// <summary>One world and what the control room may touch in it.</summary>
public interface IControlHouse
{
    World World { get; }

    HandsetDirectory Handsets { get; }

    /// <summary>Opens an account; loop-confined.</summary>
    /// <returns>Null when the SID is taken.</returns>
    ControlAccount? OpenAccount(string? friendlyName, string? sid, string? authToken);

    /// <summary>Sends a recorded webhook again; a procedure of the loop.</summary>
    /// <param name="id">Seq of its <c>webhook.sent</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Seq of the entry that says what came of it; null when the journal holds no such webhook.</returns>
    Task<long?> ReplayWebhookAsync(long id, CancellationToken cancellation);
}

/// <summary>An account as it is told to whoever opened it.</summary>
public sealed record ControlAccount(string Sid, string AuthToken, string FriendlyName);
