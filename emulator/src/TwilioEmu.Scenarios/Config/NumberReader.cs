using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads the numbers that accounts own from the start.</summary>
internal static class NumberReader
{
    public static List<NumberConfig> Read(Fields fields)
    {
        var numbers = new List<NumberConfig>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, path) in fields.List("numbers"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } number) continue;
            var read = ReadOne(number);
            if (read.Number.Length > 0 && !seen.Add(read.Number)) number.Fault("number", $"the number {read.Number} stands there twice");
            if (read.Number.Length > 0 && read.Type is { } type && read.Number.StartsWith('+') == (type == NumberType.ShortCode))
            {
                number.Fault("type", $"{read.Number} cannot be a {Words.NumberTypes.First(w => w.Value == type).Key}");
            }
            numbers.Add(read);
        }
        return numbers;
    }

    private static NumberConfig ReadOne(Fields number)
    {
        var read = new NumberConfig
        {
            Number = number.NeedText("number", Words.NumberOrShortCode),
            Type = number.OneOf("type", Words.NumberTypes),
            Account = number.Text("account", Words.NonEmpty),
            FriendlyName = number.Text("friendly_name", Words.FriendlyName),
            SmsUrl = number.Text("sms_url", Words.Url),
            SmsMethod = number.Text("sms_method", Words.Method),
            SmsFallbackUrl = number.Text("sms_fallback_url", Words.Url),
            SmsFallbackMethod = number.Text("sms_fallback_method", Words.Method),
            VoiceUrl = number.Text("voice_url", Words.Url),
            VoiceMethod = number.Text("voice_method", Words.Method),
            VoiceFallbackUrl = number.Text("voice_fallback_url", Words.Url),
            VoiceFallbackMethod = number.Text("voice_fallback_method", Words.Method),
            StatusCallback = number.Text("status_callback", Words.Url),
            StatusCallbackMethod = number.Text("status_callback_method", Words.Method),
            MessagesPerSecond = number.Number("messages_per_second", 0.001, 100_000),
        };
        number.End();
        return read;
    }
}
