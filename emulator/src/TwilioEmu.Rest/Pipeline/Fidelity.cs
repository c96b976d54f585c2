namespace TwilioEmu.Rest.Pipeline;

/// <summary>How near an operation comes to the live service.</summary>
public enum Fidelity
{
    /// <summary>It does what the live service does.</summary>
    Behaves,

    /// <summary>It keeps what it is told, and shows, lists, changes and deletes it.</summary>
    Stores,

    /// <summary>It answers in the right shape and does nothing; the journal says so.</summary>
    Shape,
}
