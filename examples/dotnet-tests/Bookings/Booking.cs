namespace Bookings;

/// <summary>A table.</summary>
/// <param name="Phone">E.164.</param>
/// <param name="Name">Of the guest.</param>
/// <param name="Guests">How many.</param>
/// <param name="Confirmation">Status of the text that confirms it, in Twilio's words; null before it is sent.</param>
public sealed record Booking(string Phone, string Name, int Guests, string? Confirmation = null);
