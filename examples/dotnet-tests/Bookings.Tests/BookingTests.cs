using System.Net;
using System.Net.Http.Json;
using TwilioEmu;

namespace Bookings.Tests;

public sealed class BookingTests(Restaurant restaurant) : IClassFixture<Restaurant>
{
    [Fact]
    public async Task A_booking_is_confirmed_by_text_and_cancelled_by_reply()
    {
        var guest = restaurant.Twilio.Handset("+14155550111");
        await BookAsync(guest, "Ada", 4);
        var text = await guest.ShouldReceiveAsync("Dear Ada, your table for 4 is booked.", from: Restaurant.Number);

        await guest.TextAsync(text.From, "c");
        await guest.ShouldReceiveAsync("Your table is free again.");
        Assert.Equal(HttpStatusCode.NotFound, (await restaurant.Staff.GetAsync($"/bookings/{guest.Number}")).StatusCode);
    }

    [Fact]
    public async Task Staff_see_that_a_confirmation_arrived()
    {
        var guest = restaurant.Twilio.Handset("+14155550112");
        await BookAsync(guest, "Grace", 2);
        var text = await guest.ShouldReceiveAsync();
        await restaurant.Twilio.ShouldBeToldAsync("/twilio/status", "delivered", about: text.MessageSid);
        Assert.Equal("delivered", await ConfirmationAsync(guest));
    }

    [Fact]
    public async Task Staff_see_that_a_confirmation_did_not_arrive()
    {
        var guest = restaurant.Twilio.Handset("+14155550113");
        await guest.ConfigureAsync(new HandsetSettings { Texts = TextOutcome.Undelivered, ErrorCode = 30003 });
        await BookAsync(guest, "Edsger", 1);
        await restaurant.Twilio.SettleAsync();
        await guest.ShouldNotReceiveAsync(within: TimeSpan.FromDays(1));
        Assert.Equal("undelivered", await ConfirmationAsync(guest));
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused_with_Twilios_reason()
    {
        var answer = await restaurant.Staff.PostAsJsonAsync("/bookings", new Booking("+1555", "Nobody", 1));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("21211", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_presses_1_and_hears_the_opening_hours()
    {
        var call = await restaurant.Twilio.Handset("+14155550114").DialAsync(Restaurant.Number, []);
        await call.ShouldHearAsync("press 1");
        await call.PressAsync("1");
        await call.ShouldHearAsync("open from six to eleven");
        await call.ShouldBecomeAsync("completed");
    }

    [Fact]
    public async Task What_Twilio_did_not_sign_is_not_believed()
    {
        using var form = new FormUrlEncodedContent([new("From", "+14155550115"), new("Body", "C")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await restaurant.Staff.PostAsync("/twilio/sms", form)).StatusCode);
    }

    [Fact]
    public async Task Every_request_to_the_app_was_answered_well()
    {
        var guest = restaurant.Twilio.Handset("+14155550116");
        await guest.TextAsync(Restaurant.Number, "Hello?");
        await guest.ShouldReceiveAsync("Reply C to cancel");
        await restaurant.Twilio.Control.ExpectExactlyAsync(new EntryMatch { Kind = "alert" }, 0);
    }

    private async Task BookAsync(Handset guest, string name, int guests) =>
        (await restaurant.Staff.PostAsJsonAsync("/bookings", new Booking(guest.Number, name, guests))).EnsureSuccessStatusCode();

    private async Task<string?> ConfirmationAsync(Handset guest) => (await restaurant.Staff.GetFromJsonAsync<Booking>($"/bookings/{guest.Number}"))?.Confirmation;
}
