using System.Buffers;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Products.Monitor;

/// <summary>An event as JSON.</summary>
/// <remarks>
/// twilio.com/docs/usage/monitor-events. Of an update, <c>event_data</c> tells which properties changed, and from what to what.
/// </remarks>
internal sealed class EventFace(string sid, LoggedEvent what) : IFace
{
    private const string Classic = "/2010-04-01/";

    /// <inheritdoc/>
    public void WriteProperty(string property, FaceWriter to)
    {
        switch (property)
        {
            case "account_sid": to.Write(what.Account.Value); break;
            case "actor_sid": to.Write(what.Actor); break;
            // An API key acts for itself (inferred).
            case "actor_type": to.Write(what.Request.Credential is ['S', 'K', ..] ? "api-key" : "account"); break;
            case "event_data": WriteChanges(to.Json); break;
            case "event_date": to.Write(what.Entry.At); break;
            case "event_type": to.Write(what.Type); break;
            case "resource_sid": to.Write(what.ResourceSid); break;
            case "resource_type": to.Write(what.ResourceType); break;
            case "sid": to.Write(sid); break;
            case "source": to.Write("api"); break;
            case "source_ip_address": to.Write(what.SourceAddress); break;
            case "url": to.Write($"{to.BaseUrl}/v1/Events/{sid}"); break;
            case "links": WriteLinks(to); break;
        }
    }

    private void WriteLinks(FaceWriter to)
    {
        to.Json.WriteStartObject();
        var actor = what.Request.Credential;
        if (actor?.StartsWith("AC", StringComparison.Ordinal) == false) actor = $"{what.Account.Value}/Keys/{actor}";
        to.Json.WriteString("actor", actor is null ? null : $"{to.ApiUrl}{Classic}Accounts/{actor}");
        to.Json.WriteString("resource", Resource(to));
        to.Json.WriteEndObject();
    }

    /// <summary>The resource's URL: where the request went, and below it for what was made there.</summary>
    private string? Resource(FaceWriter to)
    {
        if (what.Request.Product is not { } product) return null;
        var path = product == "api" ? what.Path.Replace(".json", "", StringComparison.Ordinal) : what.Path;
        return $"{to.UrlOf(product)}{path}{(path.EndsWith(what.Entry.Subject, StringComparison.Ordinal) ? "" : "/" + what.Entry.Subject)}";
    }

    private void WriteChanges(Utf8JsonWriter json)
    {
        if (what.Action != "updated" || what.Change.Previous is not { } previous)
        {
            json.WriteNullValue();
            return;
        }
        using var before = Members(previous);
        using var after = Members(what.Change.Record);
        json.WriteStartObject();
        json.WriteStartObject("resource_properties");
        foreach (var member in after.RootElement.EnumerateObject())
        {
            var had = before.RootElement.TryGetProperty(member.Name, out var old);
            if (had && JsonElement.DeepEquals(old, member.Value)) continue;
            WriteChange(json, member.Name, had ? old : null, member.Value);
        }
        foreach (var member in before.RootElement.EnumerateObject())
        {
            if (!after.RootElement.TryGetProperty(member.Name, out _)) WriteChange(json, member.Name, member.Value, null);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, string name, JsonElement? previous, JsonElement? updated)
    {
        json.WriteStartObject(name);
        json.WritePropertyName("previous");
        Write(json, previous);
        json.WritePropertyName("updated");
        Write(json, updated);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonElement? value)
    {
        if (value is { } given) given.WriteTo(json);
        else json.WriteNullValue();
    }

    private static JsonDocument Members(IEntryData data)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            data.WriteMembers(json);
            json.WriteEndObject();
        }
        return JsonDocument.Parse(buffer.WrittenMemory);
    }
}
