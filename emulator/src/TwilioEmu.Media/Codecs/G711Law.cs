namespace TwilioEmu.Media.Codecs;

/// <summary>The two laws of G.711.</summary>
public enum G711Law
{
    /// <summary>PCMU: North America, Japan.</summary>
    Mu,

    /// <summary>PCMA: elsewhere.</summary>
    A,
}
