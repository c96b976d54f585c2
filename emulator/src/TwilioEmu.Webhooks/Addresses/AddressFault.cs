namespace TwilioEmu.Webhooks.Addresses;

/// <summary>Why a configured URL cannot be requested.</summary>
/// <param name="Code">Twilio's error code: 11100, 11240, 11241 or 11243.</param>
/// <param name="Message">What was seen and what was wanted.</param>
public sealed record AddressFault(int Code, string Message);
