using System.Text.Json;
using TwilioEmu.Console.Stories;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Console.Control;

/// <summary>Stories of a folder: which there are, how they went, and running them, whole or step by step.</summary>
internal static class StoryCalls
{
    /// <summary><c>GET /stories</c>: files and how each went last; <c>run</c> is the one that runs or ran last.</summary>
    public static Task<ControlAnswer?> ListAsync(ControlRequest request)
    {
        var desk = request.Room.Stories;
        var files = desk.Folder?.List(request.House.Kinds) ?? [];
        return Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
        {
            json.WriteString("folder", desk.Folder?.Folder);
            json.WriteStartArray("stories");
            foreach (var file in files) Write(json, file, desk.LastOf(file.File));
            json.WriteEndArray();
            json.WritePropertyName("run");
            if (desk.Play is { } play) WriteObject(json, play);
            else json.WriteNullValue();
        }));
    }

    /// <summary><c>POST /stories/run {"file", "stepped"?: false}</c>; 409 while another runs.</summary>
    public static async Task<ControlAnswer?> RunAsync(ControlRequest request)
    {
        var (name, isStepped) = await request.BodyAsync(body => (body.NeedText("file", Words.NonEmpty), body.Flag("stepped") ?? false));
        if (request.Room.Stories.Folder?.Find(name, request.House.Kinds) is not { } file)
        {
            return ControlAnswer.Problem(404, $"there is no story {name}");
        }
        if (file.Story is null) return ControlAnswer.Problem(422, $"{name} cannot be read: {string.Join("; ", file.Faults)}");
        return request.Room.Stories.TryBegin(file, isStepped) is { } play
            ? ControlAnswer.Json(201, json => WriteMembers(json, play))
            : ControlAnswer.Problem(409, $"{request.Room.Stories.Play!.File} runs; wait for its end, or POST /stories/stop");
    }

    /// <summary><c>GET /stories/run</c>: the one that runs, or ran last.</summary>
    public static Task<ControlAnswer?> GetAsync(ControlRequest request) =>
        Task.FromResult<ControlAnswer?>(request.Room.Stories.Play is { } play
            ? ControlAnswer.Ok(json => WriteMembers(json, play))
            : ControlAnswer.Problem(404, "no story was run yet"));

    /// <summary><c>POST /stories/continue {"to_end"?: false}</c>: the step that waits begins.</summary>
    public static async Task<ControlAnswer?> ContinueAsync(ControlRequest request)
    {
        var toEnd = await request.BodyAsync(body => body.Flag("to_end") ?? false);
        return request.Room.Stories.Play is { } play && play.Continue(toEnd)
            ? ControlAnswer.Ok(json => WriteMembers(json, play))
            : ControlAnswer.Problem(409, "no step of a story waits");
    }

    /// <summary><c>POST /stories/stop</c>.</summary>
    public static async Task<ControlAnswer?> StopAsync(ControlRequest request)
    {
        await request.BodyAsync(_ => true);
        if (request.Room.Stories.Play is not { Result: null } play) return ControlAnswer.Problem(409, "no story runs");
        play.Stop();
        return ControlAnswer.Ok(json => WriteMembers(json, play));
    }

    private static void Write(Utf8JsonWriter json, StoryFile file, StoryPlay? last)
    {
        json.WriteStartObject();
        json.WriteString("file", file.File);
        json.WriteString("name", file.Story?.Name);
        json.WriteNumber("steps", file.Story?.Steps.Count ?? 0);
        Write(json, "tags", file.Story?.Tags ?? []);
        Write(json, "faults", file.Faults);
        json.WriteString("last", last?.State);
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, StoryPlay play)
    {
        json.WriteStartObject();
        WriteMembers(json, play);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, StoryPlay play)
    {
        json.WriteNumber("run", play.Id);
        json.WriteString("file", play.File);
        json.WriteString("name", play.Story.Name);
        json.WriteString("state", play.State);
        json.WriteString("url", play.World?.ToString());
        json.WriteStartArray("steps");
        var states = play.States;
        for (var i = 0; i < states.Count; i++)
        {
            var wording = play.Story.Steps[i].Wording;
            json.WriteStartObject();
            json.WriteNumber("line", wording.Position.Line);
            json.WriteString("words", wording.Summary);
            json.WriteString("state", StoryPlay.Word(states[i]));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (play.Result is not { } result) return;
        json.WriteNumber("world_seconds", result.WorldTime.TotalSeconds);
        json.WriteNumber("wall_seconds", Math.Round(result.WallTime.TotalSeconds, 3));
        if (result.Failure is not { } failure) return;
        json.WriteStartObject("failure");
        json.WriteNumber("line", failure.Position.Line);
        json.WriteString("step", failure.Step);
        json.WriteString("cause", failure.Cause);
        json.WriteString("message", failure.Message);
        Write(json, "details", failure.Details);
        Write(json, "journal", failure.Journal);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (var word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }
}
