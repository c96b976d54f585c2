# Ruby's own HTTPS client, which the SDK's (Faraday over net/http) settles on the same variables for: no line about an emulator.
require 'json'
require 'net/http'

sid = ENV.fetch('TWILIO_ACCOUNT_SID')
url = URI("https://api.twilio.com/2010-04-01/Accounts/#{sid}/Messages.json")
request = Net::HTTP::Post.new(url)
request.basic_auth(sid, ENV.fetch('TWILIO_AUTH_TOKEN'))
request.set_form_data('To' => '+14155550199', 'From' => '+14155550100', 'Body' => 'from ruby')
answer = Net::HTTP.start(url.host, url.port, use_ssl: true) { |http| http.request(request) }
raise "answered #{answer.code}" unless answer.code == '201'
puts JSON.generate(message: JSON.parse(answer.body)['sid'])
