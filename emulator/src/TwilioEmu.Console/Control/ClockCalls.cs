using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>Looks at the clock, switches it, moves it.</summary>
internal static class ClockCalls
{
    public static async Task<ControlAnswer?> GetAsync(ControlRequest request) => await TellAsync(request);

    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        var mode = await request.BodyAsync(body =>
        {
            var text = body.NeedText("mode", Words.Clock);
            return ClockMode.TryParse(text, out var read) ? read : null;
        });
        await request.TurnAsync(() =>
        {
            request.World.Clock.SwitchTo(mode!);
            return true;
        });
        return await TellAsync(request);
    }

    /// <summary>Answers after all that fell due has run, webhooks included.</summary>
    public static async Task<ControlAnswer?> AdvanceAsync(ControlRequest request)
    {
        var by = await request.BodyAsync(body => body.Need("by") ? body.Duration("by") : null);
        var clock = request.World.Clock;
        try
        {
            await clock.AdvanceAsync(by!.Value).WaitAsync(request.Cancellation);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw ControlRequest.Bad("by", "by leads beyond the year 9999");
        }
        catch (InvalidOperationException runs) when (!request.Cancellation.IsCancellationRequested)
        {
            return ControlAnswer.Problem(409, runs.Message);
        }
        return await TellAsync(request);
    }

    private static async Task<ControlAnswer> TellAsync(ControlRequest request)
    {
        var world = request.World;
        var seen = await request.TurnAsync(() => (Now: world.Clock.GetUtcNow(), Next: world.Clock.NextDue));
        return ControlAnswer.Ok(json => Write(json, world, seen.Now, seen.Next));
    }

    private static void Write(Utf8JsonWriter json, World world, DateTimeOffset now, (DateTimeOffset At, string What)? next)
    {
        json.WriteString("mode", world.Clock.Mode.ToString());
        json.WriteString("now", now.UtcDateTime);
        if (next is { } due) json.WriteString("next_due", due.At.UtcDateTime);
        else json.WriteNull("next_due");
        json.WriteString("next_due_what", next is { What.Length: > 0 } named ? named.What : null);
        json.WriteNumber("timers", world.Clock.TimerCount);
        var standing = world.Clock.Standing;
        WriteList(json, "holds", standing.Holds);
        WriteList(json, "led_by", standing.Leads);
        WriteList(json, "pinned_by", standing.PinnedBy);
        json.WriteNumber("settles_in", Seconds(standing.Settling));
        json.WriteStartObject("stood_for");
        json.WriteNumber("graces", Seconds(standing.Stood.Graces));
        json.WriteNumber("answers", Seconds(standing.Stood.Answers));
        json.WriteNumber("thinking", Seconds(standing.Stood.Thinking));
        json.WriteEndObject();
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }
}
