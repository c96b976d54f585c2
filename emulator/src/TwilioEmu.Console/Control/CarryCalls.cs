using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace TwilioEmu.Console.Control;

/// <summary>A whole world out, and in: <c>/world</c>.</summary>
internal static class CarryCalls
{
    /// <summary>One JSON object a line (jsonlines.org).</summary>
    public const string Lines = "application/jsonl";

    public static async Task<ControlAnswer?> GetAsync(ControlRequest request)
    {
        if (!request.World.Parts.IsKept)
        {
            return ControlAnswer.Problem(409, "this world cannot be carried: it was begun without a memory of what is under way");
        }
        var response = request.Context.Response;
        response.ContentType = Lines;
        response.Headers.CacheControl = "no-store";
        await request.Doors.ExportAsync(response.Body, request.Cancellation);
        return null;
    }

    public static async Task<ControlAnswer?> PutAsync(ControlRequest request)
    {
        // A world has the length it has.
        if (request.Context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        (int Records, int Entries) came;
        try
        {
            came = await request.Doors.ImportAsync(request.Context.Request.Body, request.Context.RequestAborted);
        }
        catch (InvalidDataException wrong)
        {
            return ControlAnswer.Problem(400, wrong.Message);
        }
        return ControlAnswer.Ok(json =>
        {
            json.WriteNumber("records", came.Records);
            json.WriteNumber("entries", came.Entries);
            json.WriteString("at", request.Doors.House.World.Clock.GetUtcNow().UtcDateTime);
            WriteCome(json, request.Doors);
        });
    }

    /// <summary>How a world goes on that was put in the place of another, and what did not come with it.</summary>
    internal static void WriteCome(Utf8JsonWriter json, IControlDoors doors)
    {
        var world = doors.House.World;
        json.WriteString("clock", world.Clock.Mode.ToString());
        json.WriteNumber("seed", world.Options.Seed);
        json.WriteStartArray("lost");
        foreach (var lost in doors.NotCarried) json.WriteStringValue(lost);
        json.WriteEndArray();
    }
}
