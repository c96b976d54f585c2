using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Handsets.Deeds;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Writes how a phone behaves in the words <see cref="HandsetReader"/> reads.</summary>
public static class HandsetWriter
{
    /// <summary>Writes the members of a JSON object, without its braces.</summary>
    public static void WriteMembers(Utf8JsonWriter json, HandsetBehaviour behaviour)
    {
        json.WriteString(behaviour.PickUp.Word(), Durations.Write(behaviour.After));
        json.WriteBoolean("driven_from_outside", behaviour.IsDrivenFromOutside);
        if (behaviour.Greeting is { } greeting) json.WriteString("greeting", greeting);
        if (!behaviour.Beeps) json.WriteBoolean("beep", false);
        if (behaviour.Name is { } name) json.WriteString("name", name);
        if (behaviour.UserName is { } userName) json.WriteString("username", userName);
        if (!behaviour.HasWhatsApp) json.WriteBoolean("whatsapp", false);
        if (!behaviour.HasRcs) json.WriteBoolean("rcs", false);
        WriteScript(json, "script", behaviour.Script);
        json.WriteStartObject("texts");
        json.WriteString("status", behaviour.Texts.Outcome.Word());
        if (behaviour.Texts.ErrorCode is { } code) json.WriteNumber("error_code", code);
        if (behaviour.Texts.Delay is { } delay) json.WriteString("delay", Durations.Write(delay));
        if (behaviour.Texts.Receipts.IsReversed) json.WriteString("receipts", "reversed");
        if (behaviour.Texts.Receipts.Copies > 0) json.WriteNumber("copies", behaviour.Texts.Receipts.Copies);
        if (behaviour.Texts.Reads is { } reads) json.WriteString("reads", Durations.Write(reads));
        json.WriteEndObject();
    }

    /// <summary>Writes a script as a list of one-verb objects.</summary>
    public static void WriteScript(Utf8JsonWriter json, string name, IReadOnlyList<ScriptStep> script)
    {
        var sink = new DeedJson(json);
        json.WriteStartArray(name);
        foreach (var step in script)
        {
            json.WriteStartObject();
            DeedRegistry.Of(step).Write(step, sink);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
