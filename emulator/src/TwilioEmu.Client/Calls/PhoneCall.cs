using System.Text.Json.Nodes;
using TwilioEmu.Client.Expectations;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>What of a party's sound is wanted.</summary>
public enum CallSide
{
    /// <summary>What it heard.</summary>
    Heard,

    /// <summary>What it said.</summary>
    Said,

    /// <summary>Two channels: what it said is the first, what it heard the second.</summary>
    Both,
}

/// <summary>A call, and the person at its far end.</summary>
/// <remarks>
/// Acts throw <see cref="EmulatorException"/> with status 404 for a call nobody knows and 409 for what cannot be now (keys before it is
/// answered). Where several handsets take part in a call, <c>handset</c> says which one acts.
/// </remarks>
public sealed class PhoneCall
{
    private readonly EmulatorClient _emulator;
    private readonly ControlWire _wire;

    internal PhoneCall(EmulatorClient emulator, ControlWire wire, string sid)
    {
        ArgumentException.ThrowIfNullOrEmpty(sid);
        (_emulator, _wire, Sid) = (emulator, wire, sid);
    }

    /// <summary><c>CA</c> and 32 hex digits.</summary>
    public string Sid { get; }

    /// <summary>Picks up a handset that is driven from outside and rings.</summary>
    public Task AnswerAsync(string? handset = null, CancellationToken cancellation = default) =>
        ActAsync("answer", [], handset, cancellation);

    /// <summary>Presses keys: <c>0-9 A-D * #</c>, and <c>w</c>, <c>W</c> to wait half and whole seconds.</summary>
    public Task PressAsync(string digits, string? handset = null, CancellationToken cancellation = default) =>
        ActAsync("digits", new JsonObject { ["digits"] = digits }, handset, cancellation);

    /// <summary>Says words, which a <c>Gather</c> for speech understands.</summary>
    public Task SayAsync(string words, string? handset = null, CancellationToken cancellation = default) =>
        ActAsync("speech", new JsonObject { ["text"] = words }, handset, cancellation);

    /// <summary>Hangs up.</summary>
    public Task HangUpAsync(string? handset = null, CancellationToken cancellation = default) =>
        ActAsync("hangup", [], handset, cancellation);

    /// <summary>Does any deed of a phone's owner, in the words of scripts: <c>ScriptStep.Says("sales please")</c>.</summary>
    /// <exception cref="EmulatorException">400: it is not done by hand (a wait); 409: it cannot be now.</exception>
    public Task ActAsync(ScriptStep deed, string? handset = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(deed);
        return ActAsync("act", deed.ToJson(), handset, cancellation);
    }

    /// <summary>Plays a sound into the phone, after what its owner does already: a WAV, MP3, AIFF or AU file.</summary>
    /// <param name="file">Its bytes, 8 MB at most.</param>
    /// <param name="handset">Which phone, where several take part.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">409: the phone is not connected; 415: the bytes are no sound.</exception>
    public Task PlayAsync(ReadOnlyMemory<byte> file, string? handset = null, CancellationToken cancellation = default) =>
        _wire.PostFileAsync(
            $"/calls/{Uri.EscapeDataString(Sid)}/audio{(handset is null ? "" : $"?handset={Uri.EscapeDataString(handset)}")}", file,
            cancellation);

    /// <summary>What a party heard or said, as a WAV file of 16 bits and 8 kHz.</summary>
    /// <param name="party">A number in the call, or in one that it dialled; null for the call's own party.</param>
    /// <param name="side">What of it.</param>
    /// <param name="from">From where on, counted from the answer; null from there.</param>
    /// <param name="length">How much at most; null to the end, or as far as the call is.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">404: there is no such call or party, or its sound is no longer kept.</exception>
    public Task<byte[]> AudioAsync(
        string? party = null, CallSide side = CallSide.Heard, TimeSpan? from = null, TimeSpan? length = null,
        CancellationToken cancellation = default)
    {
        List<string> query = [$"side={side switch { CallSide.Heard => "heard", CallSide.Said => "said", _ => "both" }}"];
        if (party is not null) query.Add($"party={Uri.EscapeDataString(party)}");
        if (from is { } start) query.Add($"from={Durations.Write(start)}");
        if (length is { } most) query.Add($"for={Durations.Write(most)}");
        return _wire.ReadFileAsync($"/calls/{Uri.EscapeDataString(Sid)}/audio.wav?{string.Join('&', query)}", cancellation);
    }

    /// <summary>What was said in it so far.</summary>
    public Task<Transcript> TranscriptAsync(CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Get, $"/calls/{Uri.EscapeDataString(Sid)}/transcript", null, ClientJson.Default.Transcript, cancellation);

    /// <summary>Waits until words are heard in it: case and white space aside, or a regular expression between slashes.</summary>
    /// <param name="words">What must be among the words heard.</param>
    /// <param name="by">The number that hears them; null for any.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">Nobody heard them; what was heard is in the message.</exception>
    public async Task<JournalEntry> ShouldHearAsync(
        string words, string? by = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var data = new JsonObject { ["words"] = Expected.Says(words) };
        if (by is not null) data["who"] = by;
        return await FirstAsync(
            $"call {Sid} should hear \"{words}\"", new EntryMatch { Kind = "call.heard", Subject = Sid, Data = data },
            within, cancellation);
    }

    /// <summary>Waits until the app has gathered keys or speech in it.</summary>
    /// <exception cref="ExpectationFailedException">It did not.</exception>
    public Task<JournalEntry> ShouldGatherAsync(
        string? digits = null, string? speech = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var data = new JsonObject();
        if (digits is not null) data["digits"] = digits;
        if (speech is not null) data["speech"] = Expected.Says(speech);
        return FirstAsync(
            $"call {Sid} should gather", new EntryMatch { Kind = "call.gathered", Subject = Sid, Data = data.Count > 0 ? data : null },
            within, cancellation);
    }

    /// <summary>Waits until it has had a status.</summary>
    /// <param name="status">Twilio's word: <c>ringing</c>, <c>in-progress</c>, <c>completed</c>, <c>busy</c>, <c>no-answer</c>,
    /// <c>failed</c>, <c>canceled</c>.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">It had not.</exception>
    public Task<JournalEntry> ShouldBecomeAsync(string status, TimeSpan? within = null, CancellationToken cancellation = default) =>
        FirstAsync($"call {Sid} should become {status}", new EntryMatch { Kind = $"call.{status}", Subject = Sid }, within, cancellation);

    /// <inheritdoc/>
    public override string ToString() => Sid;

    private async Task<JournalEntry> FirstAsync(string claim, EntryMatch match, TimeSpan? within, CancellationToken cancellation) =>
        (await new Expectation(_wire, match, "count", 1, within, 0).WaitAsync(cancellation, claim))[0];

    private Task ActAsync(string act, JsonObject body, string? handset, CancellationToken cancellation)
    {
        if (handset is not null) body["handset"] = handset;
        return _emulator.SendAsync(HttpMethod.Post, $"/calls/{Uri.EscapeDataString(Sid)}/{act}", body, cancellation);
    }
}
