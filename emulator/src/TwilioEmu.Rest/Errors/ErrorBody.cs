using System.Text.Json;

namespace TwilioEmu.Rest.Errors;

/// <summary>Writes the classic error body (twilio.com/docs/usage/twilios-response), keys in the order observed.</summary>
public static class ErrorBody
{
    /// <summary>One error, whole.</summary>
    public static void Write(Utf8JsonWriter json, TwilioError error)
    {
        json.WriteStartObject();
        json.WriteNumber("code", error.Code);
        if (error.Detail is not null) json.WriteString("detail", error.Detail);
        json.WriteString("message", error.Message);
        json.WriteString("more_info", error.MoreInfo);
        json.WriteNumber("status", error.Status);
        json.WriteEndObject();
    }
}
