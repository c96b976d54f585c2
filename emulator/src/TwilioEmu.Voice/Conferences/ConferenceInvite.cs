namespace TwilioEmu.Voice.Conferences;

/// <summary>A call that REST adds to a conference, on its way: a participant that connects, and takes no part in the talk yet.</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/api/conference-participant-resource.</remarks>
internal sealed class ConferenceInvite(string callSid, string? label, DateTimeOffset since)
{
    // By the members they set: whoever asks again for the same while it rings has asked once.
    private readonly OrderedDictionary<string, Action<ConferenceMember>> _wishes = new(StringComparer.Ordinal);

    public string CallSid => callSid;

    public string? Label => label;

    public DateTimeOffset Since { get; } = since;

    public DateTimeOffset Updated { get; private set; } = since;

    public bool IsMuted { get; set; }

    public bool IsHeld { get; set; }

    /// <summary>The member that alone will hear it; null for a full member.</summary>
    public string? CoachedSid { get; set; }

    public bool StartsOnEnter { get; init; } = true;

    public bool EndsOnExit { get; set; }

    /// <summary>Done as soon as it is in the conference, in place of an earlier one that set the same.</summary>
    /// <param name="members">What it sets, by name: there are as many wishes as ways to name some of them.</param>
    /// <param name="change">Does it.</param>
    /// <param name="now">When it is asked for.</param>
    public void Wish(string members, Action<ConferenceMember> change, DateTimeOffset now)
    {
        _wishes.Remove(members);
        _wishes.Add(members, change);
        Updated = now;
    }

    /// <summary>It is in.</summary>
    public void Fulfil(ConferenceMember member)
    {
        foreach (var wish in _wishes.Values) wish(member);
    }
}
