using System.Text.Json;

namespace TwilioEmu.Console.Control;

/// <summary>Keeps whole worlds, and brings them back: <c>/snapshots</c>.</summary>
internal static class SnapshotCalls
{
    private const int MaxName = 64;

    public static async Task<ControlAnswer?> KeepAsync(ControlRequest request)
    {
        var name = await request.BodyAsync(body => body.Text("name", IsName));
        if (await request.Doors.KeepAsync(name, request.Cancellation) is not { } kept)
        {
            return ControlAnswer.Problem(
                409,
                $"{request.Doors.Snapshots.Count} snapshots are kept, which is as many as may be; take one anew by its name, "
                    + "which replaces it");
        }
        return ControlAnswer.Json(201, json => Write(json, kept));
    }

    public static Task<ControlAnswer?> ListAsync(ControlRequest request) => Task.FromResult<ControlAnswer?>(ControlAnswer.Ok(json =>
    {
        json.WriteStartArray("snapshots");
        foreach (var kept in request.Doors.Snapshots)
        {
            json.WriteStartObject();
            Write(json, kept);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }));

    public static async Task<ControlAnswer?> RestoreAsync(ControlRequest request)
    {
        await request.BodyAsync(static _ => true);
        var id = request.Value("id");
        if (await request.Doors.RestoreAsync(id) is not { } kept) return ControlAnswer.Problem(404, $"no snapshot is called {id}");
        return ControlAnswer.Ok(json =>
        {
            Write(json, kept);
            CarryCalls.WriteCome(json, request.Doors);
        });
    }

    private static void Write(Utf8JsonWriter json, Snapshot kept)
    {
        json.WriteString("id", kept.Id);
        json.WriteString("at", kept.At.UtcDateTime);
        json.WriteNumber("records", kept.RecordCount);
        json.WriteNumber("entries", kept.EntryCount);
    }

    private static string? IsName(string name) =>
        name.Length is > 0 and <= MaxName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? null
            : $"\"{name}\" is no name of a snapshot: 1 to {MaxName} letters, digits, dashes, dots";
}
