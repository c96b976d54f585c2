using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Control;

/// <summary>The person on the far end of a call acts; what was said in it.</summary>
internal static class CallCalls
{
    // What a body with faults is read as; its faults are answered, and it is never done.
    private static readonly ScriptStep Nothing = new ScriptStep.Waits(TimeSpan.Zero);

    public static Task<ControlAnswer?> DigitsAsync(ControlRequest request) =>
        ActAsync(request, body => new ScriptStep.Presses(body.NeedText("digits", Words.Digits)));

    public static Task<ControlAnswer?> SpeechAsync(ControlRequest request) =>
        ActAsync(request, body => new ScriptStep.Says(body.NeedText("text", Words.NonEmpty)));

    public static Task<ControlAnswer?> AnswerAsync(ControlRequest request) =>
        ActAsync(request, static _ => new ScriptStep.Answers(TimeSpan.Zero));

    public static Task<ControlAnswer?> HangUpAsync(ControlRequest request) => ActAsync(request, static _ => new ScriptStep.HangsUp());

    /// <summary>Any of the deeds that are done by hand, by its word: <c>{"says": "sales please"}</c>.</summary>
    public static Task<ControlAnswer?> AnyAsync(ControlRequest request) => ActAsync(request, ScriptReader.ReadByHand);

    public static Task<ControlAnswer?> TranscriptAsync(ControlRequest request)
    {
        var sid = request.Value("sid");
        if (request.QueryFlag("whole"))
        {
            return Task.FromResult<ControlAnswer?>(WholeConversation.Of(request.World.Journal, sid) is { } conversation
                ? conversation.Answer()
                : NoSuchCall(sid));
        }
        var entries = request.World.Journal.After(0, new Selection(Subject: sid)).ToList();
        return Task.FromResult<ControlAnswer?>(entries.Count == 0 ? NoSuchCall(sid) : ControlAnswer.Ok(json =>
        {
            json.WriteString("call_sid", sid);
            json.WriteStartArray("lines");
            foreach (var line in entries.Where(e => CallWords.TranscriptKinds.Contains(e.Kind)))
            {
                json.WriteStartObject();
                json.WriteNumber("seq", line.Seq);
                json.WriteString("at", line.At.UtcDateTime);
                json.WriteString("what", line.Kind["call.".Length..]);
                line.Data?.WriteMembers(json);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }));
    }

    /// <summary>Where several handsets take part, <c>handset</c> says which one acts.</summary>
    private static async Task<ControlAnswer?> ActAsync(ControlRequest request, Func<Fields, ScriptStep?> read)
    {
        var sid = request.Value("sid");
        var (act, handset) = await request.BodyAsync(body => (read(body) ?? Nothing, body.Text("handset", Words.Phone)));
        var forbidden = await request.TurnAsync(() => PhoneActs.Act(request.House.Handsets, sid, handset, act));
        // Looked up off the loop, and only where nothing was done: the journal may be long.
        if (forbidden is not null && !request.World.Journal.NewestFirst(new Selection(Subject: sid)).Any()) return NoSuchCall(sid);
        return forbidden is not null ? ControlAnswer.Problem(409, forbidden) : ControlAnswer.Ok(json => json.WriteString("call_sid", sid));
    }

    public static ControlAnswer NoSuchCall(string sid) => ControlAnswer.Problem(404, $"the journal knows no call \"{sid}\"");
}
