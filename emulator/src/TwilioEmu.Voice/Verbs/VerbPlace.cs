namespace TwilioEmu.Voice.Verbs;

/// <summary>Where a document runs.</summary>
internal enum VerbPlace
{
    /// <summary>It is the call's own.</summary>
    Call,

    /// <summary>On a called leg before it is bridged.</summary>
    Whisper,

    /// <summary>Beside the call's own: waiting music, announcements.</summary>
    Side,
}
