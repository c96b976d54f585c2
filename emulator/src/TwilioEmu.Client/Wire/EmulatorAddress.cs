namespace TwilioEmu.Client.Wire;

/// <summary>Where an emulator is said to be: scheme and authority, and a path where a proxy puts it below one.</summary>
internal static class EmulatorAddress
{
    private const string Pages = "/_emu";

    /// <summary>The address without a slash at its end.</summary>
    /// <param name="said">As it was given.</param>
    /// <param name="parameter">Its name there.</param>
    /// <exception cref="ArgumentException">It is none; says what was probably meant.</exception>
    public static string Read(Uri said, string parameter)
    {
        ArgumentNullException.ThrowIfNull(said, parameter);
        if (!said.IsAbsoluteUri || said.Scheme is not ("http" or "https"))
        {
            // "localhost:4010" is read as a scheme and a path, and as nothing that could be reached.
            var text = said.OriginalString;
            var cure = text.Contains("://", StringComparison.Ordinal)
                ? "it begins with http:// or https://"
                : $"did you mean http://{text.TrimStart('/')}?";
            throw new ArgumentException($"{text} is no address of an emulator ({cure})", parameter);
        }
        var at = said.GetLeftPart(UriPartial.Path);
        var behind = at.IndexOf(Pages, StringComparison.Ordinal);
        return behind < 0
            ? at.TrimEnd('/')
            : throw new ArgumentException(
                $"{said.OriginalString} is a page of the emulator, and its address is wanted (did you mean {at[..behind]}?)", parameter);
    }
}
