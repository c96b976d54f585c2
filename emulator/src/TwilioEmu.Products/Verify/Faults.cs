using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Products.Verify;

/// <summary>Verify's way of saying that a parameter is wrong.</summary>
internal static class Faults
{
    /// <summary>400/60200 with the value that was seen.</summary>
    public static TwilioError Parameter(string name, string? value) => ErrorCodes.Error(60200, $"Invalid parameter `{name}`: {value}");

    /// <summary>400/60200 as live answers have it where no value is shown.</summary>
    public static TwilioError Parameter(string name) => ErrorCodes.Error(60200, $"Invalid parameter: {name}");
}
