using System.Text.Json;
using TwilioEmu.Carrier.Codes;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Control;

/// <summary>Looks at a phone, says how it behaves, lets it text and dial.</summary>
internal static class HandsetCalls
{
    public static async Task<ControlAnswer?> GetAsync(ControlRequest request)
    {
        return await TellAsync(request, NumberOf(request));
    }

    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        if (request.Value("number").EndsWith('*')) return await PutRuleAsync(request, request.Value("number"));
        var number = NumberOf(request);
        var (behaviour, password) = await request.BodyAsync(body =>
            (HandsetReader.ReadBehaviour(body), HandsetReader.ReadSipPassword(body, number)));
        await AsHandsetAsync(request, number, () =>
        {
            request.House.Handsets.Configure(number, behaviour);
            if (password is not null) request.House.Handsets.Exchange.Subscribers.Add(number, password);
            return true;
        });
        return await TellAsync(request, number);
    }

    /// <summary><c>PUT /handsets/+1415*</c>: all phones whose numbers begin so, and that were told nothing of their own.</summary>
    private static async Task<ControlAnswer?> PutRuleAsync(ControlRequest request, string pattern)
    {
        if (Words.Phones(pattern) is { } wrong) throw ControlRequest.Bad("number", wrong);
        var behaviour = await request.BodyAsync(HandsetReader.ReadBehaviour);
        await request.TurnAsync(() =>
        {
            request.House.Handsets.Configure(pattern, behaviour);
            return true;
        });
        return ControlAnswer.Ok(json =>
        {
            json.WriteString("number", pattern);
            json.WriteStartObject("behaviour");
            HandsetWriter.WriteMembers(json, behaviour);
            json.WriteEndObject();
        });
    }

    public static async Task<ControlAnswer?> TextAsync(ControlRequest request)
    {
        var number = NumberOf(request);
        if (Words.Texter(number) is { } isNone) throw ControlRequest.Bad("number", isNone);
        var (to, text, media, deed) = await request.BodyAsync(body =>
            (
                body.NeedText("to", Words.TextAddress), body.Text("body", Words.Body) ?? "", body.Texts("media_urls"),
                TextDeedReader.Read(body)));
        if (Words.NoWay(number, to) is { } noWay) throw ControlRequest.Bad("to", noWay);
        if (text.Length == 0 && media.Count == 0 && deed is null)
        {
            throw ControlRequest.Bad("body", "a text has a body or media_urls, or what is done instead: taps, picks, shares");
        }
        // Answered when the app has answered: what the test does next comes after it.
        var (sid, warnings) = await request.ProcedureAsync(async () =>
        {
            RefuseNumber(request, number);
            var before = request.World.Journal.LastSeq;
            RichAct? act = null;
            if (deed is not null && (act = request.House.Handsets.ActOf(number, to, deed, out var fault)) is null)
            {
                throw ControlRequest.Bad(TextDeedReader.WordOf(deed), fault!);
            }
            var received = request.House.Handsets.Text(number, to, text, media, act);
            if (received is not null) await Answered.AboutAsync(request.World, received, before, request.Cancellation);
            return (received, WarningsOf(request.World.Journal, before, number, received));
        });
        return ControlAnswer.Json(201, json =>
        {
            // Null where the text went from one phone to another: no resource stands for it.
            json.WriteString("message_sid", sid);
            json.WriteString("from", number);
            json.WriteString("to", to);
            json.WriteStartArray("warnings");
            foreach (var warning in warnings) json.WriteStringValue(warning);
            json.WriteEndArray();
        });
    }

    /// <summary>What the journal warns of since: a number nobody owns, a number that tells no app.</summary>
    private static List<string> WarningsOf(WorldJournal journal, long since, string phone, string? message) =>
    [
        .. journal.After(since)
            .Where(e => e.Kind == WorldEntries.Warning.Name && (e.Subject == phone || e.Subject == message))
            .Select(WorldEntries.WarningOf).OfType<string>(),
    ];

    public static async Task<ControlAnswer?> DialAsync(ControlRequest request)
    {
        var number = NumberOf(request);
        var (to, script, parameters, marks) = await request.BodyAsync(body =>
        {
            var to = body.NeedText("to", Words.Dialled);
            return (
                to, body.Has("script") ? ScriptReader.Read(body, "script") : null, DialledFields.ReadParameters(body, to),
                DialledFields.ReadMarks(body, to));
        });
        if (DialledFields.Fault(number, to) is { } wrong) throw ControlRequest.Bad("to", wrong);
        var sid = await AsHandsetAsync(request, number, () => request.House.Handsets.Dial(number, to, script, parameters, marks));
        if (sid is null && parameters is not null) return ControlAnswer.Problem(409, $"no account has the TwiML App {to}");
        if (sid is null) return ControlAnswer.Problem(501, $"not emulated: {request.House.Handsets.FromPhoneToPhone(to)}");
        return ControlAnswer.Json(201, json =>
        {
            json.WriteString("call_sid", sid);
            json.WriteString("from", number);
            json.WriteString("to", to);
        });
    }

    private static string NumberOf(ControlRequest request)
    {
        var number = request.Value("number");
        return Words.Phone(number) is { } wrong ? throw ControlRequest.Bad("number", wrong) : number;
    }

    private static Task<T> AsHandsetAsync<T>(ControlRequest request, string number, Func<T> turn) => request.TurnAsync(() =>
    {
        RefuseNumber(request, number);
        return turn();
    });

    private static void RefuseNumber(ControlRequest request, string number)
    {
        if (request.House.Handsets.Exchange.IsNumber(number))
        {
            throw new ControlException(ControlAnswer.Problem(409, $"{number} belongs to an account; it is no handset"));
        }
    }

    private static async Task<ControlAnswer> TellAsync(ControlRequest request, string number)
    {
        var handsets = request.House.Handsets;
        var seen = await AsHandsetAsync(request, number, () =>
        {
            var phone = handsets.Of(number);
            return (
                phone.Behaviour, Received: phone.Received.ToList(), Sent: phone.Sent.ToList(), Heard: phone.Heard.ToList(),
                Uttered: phone.Uttered.ToList(), Codes: phone.Codes.ToList(),
                Calls: handsets.LegsAt(number).Select(l => (l.CallSid, l.Other, l.State, l.IsInScript)).ToList());
        });
        return ControlAnswer.Ok(json =>
        {
            json.WriteString("number", number);
            json.WriteStartObject("behaviour");
            HandsetWriter.WriteMembers(json, seen.Behaviour);
            json.WriteEndObject();
            WriteCodes(json, seen.Codes);
            WriteTexts(json, "received", seen.Received);
            WriteTexts(json, "sent", seen.Sent);
            WriteSounds(json, "heard", seen.Heard);
            WriteSounds(json, "uttered", seen.Uttered);
            WriteCalls(json, seen.Calls);
        });
    }

    /// <summary>One-time codes, oldest first: <c>[{"code","service","at","channel","from"}]</c>.</summary>
    public static void WriteCodes(Utf8JsonWriter json, IEnumerable<CodeKept> codes)
    {
        json.WriteStartArray("codes");
        foreach (var code in codes)
        {
            json.WriteStartObject();
            json.WriteString("code", code.Code);
            json.WriteString("service", code.Service);
            json.WriteString("at", code.At.UtcDateTime);
            json.WriteString("channel", code.Channel);
            json.WriteString("from", code.From);
            json.WriteString("about", code.Subject);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, List<HandsetText> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("at", text.At.UtcDateTime);
            text.WriteMembers(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSounds(Utf8JsonWriter json, string name, List<HandsetSound> sounds)
    {
        json.WriteStartArray(name);
        foreach (var sound in sounds)
        {
            json.WriteStartObject();
            json.WriteString("at", sound.At.UtcDateTime);
            sound.WriteMembers(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCalls(Utf8JsonWriter json, List<(string CallSid, string Other, LegState State, bool IsInScript)> calls)
    {
        json.WriteStartArray("calls");
        foreach (var (sid, other, state, isInScript) in calls)
        {
            json.WriteStartObject();
            json.WriteString("call_sid", sid);
            json.WriteString("with", other);
            json.WriteString("state", PhoneActs.Word(state));
            json.WriteBoolean("in_script", isInScript);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
