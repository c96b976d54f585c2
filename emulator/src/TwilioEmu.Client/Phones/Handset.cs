using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Client.Phones;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>A phone at the far end of the network, and what it should receive.</summary>
/// <remarks>
/// Waits move virtual time. Each text and each ring is found once by one object: two waits for the same words need two texts. Safe from
/// any thread.
/// </remarks>
public sealed class Handset
{
    private const string Texted = "handset.received";
    private const string Coded = "handset.code";
    private const string Rung = "handset.ringing";

    private readonly EmulatorClient _emulator;
    private readonly ControlWire _wire;
    private readonly Findings _findings = new();

    internal Handset(EmulatorClient emulator, ControlWire wire, string number)
    {
        ArgumentException.ThrowIfNullOrEmpty(number);
        (_emulator, _wire, Number) = (emulator, wire, number);
    }

    /// <summary>E.164.</summary>
    public string Number { get; }

    private string Path => "/handsets/" + Uri.EscapeDataString(Number);

    /// <summary>What it has received, sent and heard.</summary>
    /// <exception cref="EmulatorException">409: the number belongs to an account, and is no handset.</exception>
    public Task<HandsetState> StateAsync(CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Get, Path, null, ClientJson.Default.HandsetState, cancellation);

    /// <summary>Says how it behaves from now on, as a whole: what is not said is as usual.</summary>
    public Task<HandsetState> ConfigureAsync(HandsetSettings settings, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return _wire.AskAsync(HttpMethod.Put, Path, settings.ToJson(), ClientJson.Default.HandsetState, cancellation);
    }

    /// <summary>Its owner texts.</summary>
    /// <param name="to">A number, a short code, or a channel's sender: <c>whatsapp:+14155238886</c>.</param>
    /// <param name="body">Up to 1600 characters; may be empty with media.</param>
    /// <param name="mediaUrls">Where its pictures are.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>At once; the app is asked later: wait for what it does.</returns>
    public Task<SentText> TextAsync(string to, string body, IEnumerable<string>? mediaUrls = null, CancellationToken cancellation = default)
    {
        var text = new JsonObject { ["to"] = to, ["body"] = body };
        if (mediaUrls is not null) text["media_urls"] = new JsonArray([.. mediaUrls.Select(u => (JsonNode)u)]);
        return _wire.AskAsync(HttpMethod.Post, Path + "/messages", text, ClientJson.Default.SentText, cancellation);
    }

    /// <summary>Its owner taps a button of what a channel's sender sent.</summary>
    /// <param name="to">The sender: <c>whatsapp:+14155238886</c>.</param>
    /// <param name="title">What the button says.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">400: nothing that the sender sent has such a button.</exception>
    public Task<SentText> TapAsync(string to, string title, CancellationToken cancellation = default) =>
        ActAsync(new JsonObject { ["to"] = to, ["taps"] = title }, cancellation);

    /// <summary>Its owner picks an item of a list that a channel's sender sent.</summary>
    /// <param name="to">The sender.</param>
    /// <param name="title">What the item is called.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">400: nothing that the sender sent has such an item.</exception>
    public Task<SentText> PickAsync(string to, string title, CancellationToken cancellation = default) =>
        ActAsync(new JsonObject { ["to"] = to, ["picks"] = title }, cancellation);

    /// <summary>Its owner shares a place.</summary>
    /// <param name="to">A channel's sender.</param>
    /// <param name="latitude">Degrees, WGS 84.</param>
    /// <param name="longitude">Degrees.</param>
    /// <param name="label">Its name, or null.</param>
    /// <param name="address">Its address, or null.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<SentText> ShareAsync(
        string to, double latitude, double longitude, string? label = null, string? address = null,
        CancellationToken cancellation = default)
    {
        var place = new JsonObject { ["latitude"] = latitude, ["longitude"] = longitude };
        if (label is not null) place["label"] = label;
        if (address is not null) place["address"] = address;
        return ActAsync(new JsonObject { ["to"] = to, ["shares"] = place }, cancellation);
    }

    private Task<SentText> ActAsync(JsonObject act, CancellationToken cancellation) =>
        _wire.AskAsync(HttpMethod.Post, Path + "/messages", act, ClientJson.Default.SentText, cancellation);

    /// <summary>Its owner dials.</summary>
    /// <param name="to">A number or a short code.</param>
    /// <param name="script">What the owner does in the call; null for what the phone is configured to do.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>At once, as soon as it rings.</returns>
    /// <exception cref="EmulatorException">501: nobody owns the number; calls from phone to phone are not emulated.</exception>
    public Task<PhoneCall> DialAsync(string to, IEnumerable<ScriptStep>? script = null, CancellationToken cancellation = default) =>
        CallAsync(to, null, script, null, null, cancellation);

    /// <summary>Its owner dials, and the carriers on the way say something of the call.</summary>
    /// <param name="to">A number or a short code.</param>
    /// <param name="forwardedFrom">The number that was called first and sends
    /// the call on: the app's <c>ForwardedFrom</c>; null for none.</param>
    /// <param name="stirVerstat">How far the caller's number was proved:
    /// <c>TN-Validation-Passed-A</c> and kin; null where the call is not signed.</param>
    /// <param name="script">What the owner does in the call; null for what the phone is configured to do.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">400: no such verdict, or no number. 501: nobody owns the number.</exception>
    public Task<PhoneCall> DialAsync(
        string to, string? forwardedFrom, string? stirVerstat, IEnumerable<ScriptStep>? script = null,
        CancellationToken cancellation = default) =>
        CallAsync(to, null, script, forwardedFrom, stirVerstat, cancellation);

    /// <summary>An app's own phone, <c>client:alice</c>, connects to a TwiML App, as the Voice SDK's <c>device.connect</c> does.</summary>
    /// <param name="application">The app's SID.</param>
    /// <param name="parameters">Given to the app; <c>To</c> is its request's <c>To</c>. Null for none.</param>
    /// <param name="script">What the owner does in the call; null for what the phone is configured to do.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">409: no account has the app; 400: the phone is no app's own.</exception>
    public Task<PhoneCall> ConnectAsync(
        string application, IReadOnlyDictionary<string, string>? parameters = null, IEnumerable<ScriptStep>? script = null,
        CancellationToken cancellation = default) =>
        CallAsync($"app:{application}", parameters, script, null, null, cancellation);

    private async Task<PhoneCall> CallAsync(
        string to, IReadOnlyDictionary<string, string>? parameters, IEnumerable<ScriptStep>? script, string? forwardedFrom,
        string? stirVerstat, CancellationToken cancellation)
    {
        var call = new JsonObject { ["to"] = to };
        if (script is not null) call["script"] = ScriptStep.ToJson(script);
        if (forwardedFrom is not null) call["forwarded_from"] = forwardedFrom;
        if (stirVerstat is not null) call["stir_verstat"] = stirVerstat;
        if (parameters is not null)
        {
            call["parameters"] = new JsonObject(parameters.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value)));
        }
        return _emulator.Call(
            (await _wire.AskAsync(HttpMethod.Post, Path + "/calls", call, ClientJson.Default.PlacedCall, cancellation)).CallSid);
    }

    /// <summary>Waits for a text.</summary>
    /// <param name="containing">A part of its body, letter for letter; null for any text.</param>
    /// <param name="from">The sender; null for any.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">None came; texts that came near are in the message.</exception>
    public Task<HandsetText> ShouldReceiveAsync(
        string? containing = null, string? from = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var body = containing is null ? null : Expected.Contains(containing);
        return ShouldReceiveAsync(MatchOf(body, from), $"{Number} should receive {Shown(containing, from)}", within, cancellation);
    }

    /// <summary>Waits for a text whose body matches a regular expression (.NET's).</summary>
    /// <exception cref="ExpectationFailedException">None came.</exception>
    public Task<HandsetText> ShouldReceiveMatchAsync(
        string expression, string? from = null, TimeSpan? within = null, CancellationToken cancellation = default) =>
        ShouldReceiveAsync(
            MatchOf(Expected.Matches(expression), from), $"{Number} should receive a text like /{expression}/", within, cancellation);

    /// <summary>Waits for a one-time code, texted or spoken, by Verify or by the app itself.</summary>
    /// <param name="service">Whose, as the text names it; null for anybody's.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The code, as it is to be typed; each is found once.</returns>
    /// <exception cref="ExpectationFailedException">None came.</exception>
    public async Task<string> CodeAsync(string? service = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var match = new EntryMatch
        {
            Kind = Coded,
            Subject = Number,
            Data = service is null ? null : new JsonObject { ["service"] = service },
        };
        var entry = await _findings.NextAsync(
            _wire, match, $"{Number} should get a code{(service is null ? "" : $" of {service}")}", within, cancellation);
        return entry["code"] ?? throw new InvalidOperationException($"{entry} has no code");
    }

    /// <summary>Waits the whole time, and sees to it that no text comes besides those already found by this object.</summary>
    /// <param name="containing">A part of its body; null for any text.</param>
    /// <param name="from">The sender; null for any.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">One came.</exception>
    public async Task ShouldNotReceiveAsync(
        string? containing = null, string? from = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var match = MatchOf(containing is null ? null : Expected.Contains(containing), from);
        await _findings.NoneAsync(_wire, match, $"{Number} should not receive {Shown(containing, from)}", within, cancellation);
    }

    /// <summary>Waits until a call rings it, answered since or not.</summary>
    /// <param name="from">The caller; null for any.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">None did.</exception>
    public async Task<PhoneCall> ShouldRingAsync(string? from = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        var match = new EntryMatch { Kind = Rung, Subject = Number, Data = from is null ? null : new JsonObject { ["from"] = from } };
        var entry = await _findings.NextAsync(_wire, match, $"{Number} should ring", within, cancellation);
        return _emulator.Call(entry["call_sid"] ?? throw new InvalidOperationException($"{entry} has no call_sid"));
    }

    /// <inheritdoc/>
    public override string ToString() => Number;

    private static string Shown(string? containing, string? from) =>
        (containing is null ? "a text" : $"\"{containing}\"") + (from is null ? "" : $" from {from}");

    private EntryMatch MatchOf(JsonNode? body, string? from)
    {
        var data = new JsonObject();
        if (body is not null) data["body"] = body;
        if (from is not null) data["from"] = from;
        return new EntryMatch { Kind = Texted, Subject = Number, Data = data.Count > 0 ? data : null };
    }

    private async Task<HandsetText> ShouldReceiveAsync(EntryMatch match, string claim, TimeSpan? within, CancellationToken cancellation)
    {
        var entry = await _findings.NextAsync(_wire, match, claim, within, cancellation);
        return new HandsetText(
            entry.At, entry["message_sid"] ?? "", entry["from"] ?? "", entry["to"] ?? "", entry["body"] ?? "", MediaOf(entry));
    }

    private static string[] MediaOf(JournalEntry entry) =>
        entry.Data.TryGetProperty("media_urls", out var urls) && urls.ValueKind == JsonValueKind.Array
            ? [.. urls.EnumerateArray().Select(u => u.ToString())]
            : [];
}
