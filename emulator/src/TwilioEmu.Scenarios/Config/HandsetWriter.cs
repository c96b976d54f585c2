using System.Text.Json;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Writes how a phone behaves in the words <see cref="HandsetReader"/> reads.</summary>
public static class HandsetWriter
{
    /// <summary>Writes the members of a JSON object, without its braces.</summary>
    public static void WriteMembers(Utf8JsonWriter json, HandsetBehaviour behaviour)
    {
        json.WriteString(Words.PickUps.First(w => w.Value == behaviour.PickUp).Key, Durations.Write(behaviour.After));
        json.WriteBoolean("driven_from_outside", behaviour.IsDrivenFromOutside);
        WriteScript(json, "script", behaviour.Script);
        json.WriteStartObject("texts");
        json.WriteString("status", Words.Outcomes.First(w => w.Value == behaviour.Texts.Outcome).Key);
        if (behaviour.Texts.ErrorCode is { } code) json.WriteNumber("error_code", code);
        if (behaviour.Texts.Delay is { } delay) json.WriteString("delay", Durations.Write(delay));
        json.WriteEndObject();
    }

    /// <summary>Writes a script as a list of one-verb objects.</summary>
    public static void WriteScript(Utf8JsonWriter json, string name, IReadOnlyList<ScriptStep> script)
    {
        json.WriteStartArray(name);
        foreach (var step in script)
        {
            json.WriteStartObject();
            switch (step)
            {
                case ScriptStep.Waits waits: json.WriteString("wait", Durations.Write(waits.For)); break;
                case ScriptStep.Answers answers: json.WriteString("answers", Durations.Write(answers.After)); break;
                case ScriptStep.Hears hears:
                    json.WriteString("hears", hears.Text.Source);
                    json.WriteString("within", Durations.Write(hears.Within));
                    break;
                case ScriptStep.Presses presses: json.WriteString("presses", presses.Digits); break;
                case ScriptStep.Says says: json.WriteString("says", says.Text); break;
                case ScriptStep.Plays plays: json.WriteString("plays", plays.File); break;
                case ScriptStep.HangsUp: json.WriteBoolean("hangs_up", true); break;
                default: throw new InvalidOperationException($"unknown script step {step.GetType().Name}");
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
