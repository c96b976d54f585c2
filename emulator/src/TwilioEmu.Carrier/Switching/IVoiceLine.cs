namespace TwilioEmu.Carrier.Switching;

/// <summary>What is at the end of an address that takes calls: a handset, a browser phone, a SIP endpoint, a trunk.</summary>
/// <remarks>Loop-confined.</remarks>
public interface IVoiceLine
{
    /// <summary>Starts ringing the line. News comes to the owner in later turns, never during this call.</summary>
    ILeg Place(CallOffer offer, ILegOwner owner);
}

/// <summary>Takes the calls that lines bring to addresses the emulator owns.</summary>
public interface IInboundCalls
{
    /// <summary>Takes an offered call and names it; the leg is the caller's, unanswered.</summary>
    /// <param name="leg">The caller. Ring, answer or refuse it.</param>
    /// <param name="offer">Who calls whom; its subject is empty.</param>
    /// <param name="owner">Set to whoever is to hear the leg's news.</param>
    /// <returns>The CallSid given to the call; empty when it was refused at once.</returns>
    string Receive(ILeg leg, CallOffer offer, out ILegOwner owner);
}

/// <summary>A kind of line: the emulator's own numbers, SIP registrations, trunks, browser phones, handsets.</summary>
/// <remarks>Loop-confined.</remarks>
public interface ILineProvider
{
    /// <summary>
    /// True when addresses of this kind are its business: one it does not find then is not reachable, rather than not emulated.
    /// </summary>
    bool Serves(AddressKind kind);

    /// <summary>The line of an address, or null when it has none.</summary>
    IVoiceLine? Find(PartyAddress address);
}

/// <summary>In which order providers are asked for a line.</summary>
public enum LineRank
{
    /// <summary>Numbers that the emulator owns.</summary>
    Numbers,

    /// <summary>SIP endpoints that have registered.</summary>
    Registrations,

    Trunks,
    Browsers,

    /// <summary>Simulated phones: any number that nobody else has.</summary>
    Phones,
}
