namespace TwilioEmu;

/// <summary>A link of SMPP: a gateway that may bind to the emulator, or a message centre that the emulator binds to.</summary>
/// <param name="Name">As the journal calls it.</param>
/// <param name="Role"><c>smsc</c> where the gateway binds, <c>esme</c> where the emulator does.</param>
/// <param name="SystemId">Of who binds.</param>
/// <param name="Address">Where the emulator binds to; null where others bind.</param>
/// <param name="Numbers">Phones that are reached over it: numbers, or beginnings with a star.</param>
/// <param name="Sessions">Those that are bound.</param>
/// <param name="Waiting">Texts and receipts that wait for a session, or for room in its window.</param>
public sealed record SmppLink(
    string Name, string Role, string SystemId, string? Address, IReadOnlyList<string> Numbers, IReadOnlyList<SmppSession> Sessions,
    int Waiting)
{
    /// <summary>True where a session is bound.</summary>
    public bool IsBound => Sessions.Count > 0;
}

/// <summary>A session that is bound.</summary>
/// <param name="Mode"><c>transmitter</c>, <c>receiver</c> or <c>transceiver</c>.</param>
/// <param name="Peer">The other end's address.</param>
/// <param name="BoundAt">Since when, in the world's time.</param>
/// <param name="InFlight">Requests of the emulator's that are not answered.</param>
/// <param name="Unanswered">Requests of the peer's that are not answered.</param>
public sealed record SmppSession(string Mode, string Peer, DateTimeOffset BoundAt, int InFlight, int Unanswered);

/// <summary>An answer of <c>GET /smpp/links</c>.</summary>
internal sealed record SmppLinkPage(IReadOnlyList<SmppLink> Links);
